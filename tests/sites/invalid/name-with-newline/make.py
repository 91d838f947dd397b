"""A picture whose name breaks the line of a list, and one with a tab."""

from pathlib import Path

Path("content/images").mkdir()
Path("content/images/a\nb.svg").write_text("<svg/>")
Path("content/images/a\tb.svg").write_text("<svg/>")
