"""What an import leaves that was killed when it had begun to rename."""

from pathlib import Path

folder = Path("content/events/fair/.writing")
folder.mkdir(parents=True)
(folder / "journal").write_text("[]")
