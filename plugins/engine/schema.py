"""`python -m plugins.engine.schema content -s pelicanconf.py`: see `make schema`."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence

from ..site.feature import kinds_of
from ..source.schema import json_schema
from .command import settings_from
from .engine import Engine, ExitCodes
from .report import Reporter


def main(arguments: Sequence[str]) -> None:
    """Print the JSON Schema of front matter, with the kinds of post that the plugins add."""
    with ExitCodes(Reporter()):
        kinds = kinds_of(Engine(settings_from(arguments)).features)
        schema = json_schema({kind.name: kind.front_matter for kind in kinds})
        print(json.dumps(schema, indent=2, sort_keys=True))


if __name__ == "__main__":
    main(sys.argv[1:])
