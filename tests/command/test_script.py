"""All commands of a document as one script."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from plugins.command.model import Dialect
from plugins.command.script import write_script
from tests.command.reading import blocks, head

GOLDEN = Path(__file__).parent / "golden"

GUIDE = """\
```console {title="Copy the configuration"}
$ cp config/alembic.ini-dist alembic.ini
```

## Revisions

```console {title="Create a revision"}
# Say what changes.
$ alembic revision -m {{message}}
  Generating … done
(venv) $ cat > notes <<EOF
> {{database}}
> EOF
```

## Other machines

```console
# systemctl stop app
# id
uid=0
```

```console
root@db1:~# systemctl restart postgresql
ada@localhost:~$ psql {{database}}
breakpad=> SELECT '{{message}}'
breakpad-> ;
```

```console {tab="Debian"}
$ apt install alembic
```

```console {tab="macOS"}
$ brew install alembic
```

```pycon
>>> for x in y:
...     x
...
```
"""


def test_script_is_whole(matches: Callable[[str, Path], None]) -> None:
    script = write_script("Alembic", blocks(GUIDE), head().placeholders, dialect=Dialect.SHELL)

    matches(script, GOLDEN / "commands.sh")


@pytest.mark.parametrize("dialect", [Dialect.POWERSHELL])
def test_script_of_powershell_has_no_shebang(dialect: Dialect) -> None:
    found = blocks("```powershell\nPS C:\\> dir `\n>> -Name '{{message}}'\nx\n```")

    assert write_script("Windows", found, head().placeholders, dialect=dialect) == (
        "# Windows\n"
        "#\n"
        "# Read each command before you run it.\n"
        "#\n"
        "# Values that you may want to change:\n"
        "#   message: add os name\n"
        "\n"
        "dir `\n"
        "-Name 'add os name'\n"
    )
