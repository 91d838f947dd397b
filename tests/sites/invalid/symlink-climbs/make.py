from pathlib import Path

Path("secret.txt").write_text("secret")
Path("content/images").mkdir(parents=True)
Path("content/images/photo.png").symlink_to("../../secret.txt")
Path("content/images/dead.png").symlink_to("nowhere.png")
Path("content/images/all").symlink_to("../..")
