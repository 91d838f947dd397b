"""`python -m plugins.engine.schema content -s pelicanconf.py`: see `make schema`."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from ..site.feature import kinds_of
from ..source.schema import json_schema
from ..source.writer import replace_file
from .command import settings_from
from .engine import Engine, ExitCodes
from .report import Reporter

SCHEMA = ".front-matter.schema.json"


def main(arguments: Sequence[str]) -> None:
    """Write the JSON Schema of front matter, with the kinds of post that the plugins add."""
    with ExitCodes(Reporter()):
        kinds = kinds_of(Engine(settings_from(arguments)).features)
        schema = json_schema({kind.name: kind.front_matter for kind in kinds})
        text = json.dumps(schema, indent=2, sort_keys=True) + "\n"
        replace_file(Path(arguments[0], SCHEMA), text.encode())


if __name__ == "__main__":
    main(sys.argv[1:])
