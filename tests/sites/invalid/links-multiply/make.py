"""Twenty folders, each with two links to the next: a million paths to one text."""

from pathlib import Path

for number in range(20):
    folder = Path(f"content/images/{number}")
    folder.mkdir(parents=True)
    if number:
        for name in "ab":
            (folder.with_name(str(number - 1)) / name).symlink_to(f"../{number}")
