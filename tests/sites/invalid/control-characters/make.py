from pathlib import Path

head = "---\ntitle: \x1b[1mBold\x1b[0m\nkind: essay\ndate: 2012-03-01\n---\n"
Path("content/posts").mkdir(parents=True)
Path("content/posts/post.md").write_text(head + "\nA\x0bbreak and a \x00 here.\n", "utf-8")
