#!/usr/bin/env python3
"""Make a fresh database from the models.

    PYTHONPATH=. socorro/external/postgresql/setupdb_app.py --database_name=breakpad

On the production server this speaks to PostgreSQL. Here a database is one SQLite file in the
current folder, so that the guide's commands run anywhere.
"""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine

from socorro.external.postgresql.models import Base

REVISIONS = Path(__file__).resolve().parents[3] / "alembic"


def main() -> None:
    """Leave a database that holds what the models say, stamped with the newest revision."""
    options = read_options()
    name: str = options.database_name
    database = Path(f"{name}.db")
    make_room(database, replace=options.dropdb)
    engine = create_engine(f"sqlite:///{database}")
    Base.metadata.create_all(engine)
    print(f"{name}: made from the models, tables {', '.join(sorted(Base.metadata.tables))}")
    print(f"{name}: {stamp(engine)}")


def read_options() -> Namespace:
    """Return what was asked for on the command line."""
    parser = ArgumentParser(description="Make a fresh database from the models.")
    parser.add_argument("--database_name", required=True)
    parser.add_argument("--dropdb", action="store_true", help="replace the database if it exists")
    return parser.parse_args()


def make_room(database: Path, *, replace: bool) -> None:
    """Make sure that the file is free, or stop: a database is never overwritten by accident."""
    if replace:
        database.unlink(missing_ok=True)
    if database.exists():
        raise SystemExit(f"{database} exists already; --dropdb replaces it")


def stamp(engine: Engine) -> str:
    """Note in the database that it has all revisions, and return that in words.

    The models hold every change which the revisions make, so none of them may run again.
    """
    revisions = ScriptDirectory(str(REVISIONS))
    heads = revisions.get_heads()
    with engine.begin() as connection:
        MigrationContext.configure(connection).stamp(revisions, "heads")
    return f"stamped {', '.join(heads)}" if heads else "no revisions yet"


if __name__ == "__main__":
    main()
