from pathlib import Path

head = "---\ntitle: A post\nkind: essay\ndate: 2012-03-01\n---\n"
Path("content/posts").mkdir(parents=True)
Path("content/posts/brackets.md").write_text(head + "[" * 400_000 + "\n")
Path("content/posts/pictures.md").write_text(head + "![" * 100_000 + "\n")
