from pathlib import Path

head = "---\ntitle: A post\nkind: essay\ndate: 2012-03-01\n---\n"
levels = ("    " * level + "- x\n" for level in range(400))
Path("content/posts").mkdir(parents=True)
Path("content/posts/post.md").write_text(head + "".join(levels))
