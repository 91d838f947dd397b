from pathlib import Path

head = b"---\ntitle: A caf\xe9 in Latin-1\nkind: essay\ndate: 2012-03-01\n---\n"
Path("content/posts").mkdir(parents=True)
Path("content/posts/post.md").write_bytes(head + b"\nWords.\n")
