"""What Alembic runs before every command that needs the model or the database."""

from logging.config import fileConfig
from sqlite3 import Connection as Driver

from alembic import context
from socorro.external.postgresql.models import Base
from sqlalchemy import Connection, create_engine, event
from sqlalchemy.pool import ConnectionPoolEntry, NullPool


def run_offline(url: str) -> None:
    """Print the revisions' SQL (`--sql`) without a database."""
    context.configure(
        url=url, target_metadata=Base.metadata, literal_binds=True, transactional_ddl=True
    )
    with context.begin_transaction():
        context.run_migrations()


def run_online(url: str) -> None:
    """Run the revisions on the database."""
    engine = create_engine(url, poolclass=NullPool)
    event.listen(engine, "connect", leave_transactions_to_us)
    event.listen(engine, "begin", begin_at_once)
    with engine.connect() as connection:
        context.configure(
            connection=connection, target_metadata=Base.metadata, transactional_ddl=True
        )
        with context.begin_transaction():
            context.run_migrations()


# Left alone, Python's SQLite driver starts a transaction only before INSERT and its like, so a
# revision that fails would keep its first half. These two give what PostgreSQL gives.
def leave_transactions_to_us(driver: Driver, _entry: ConnectionPoolEntry) -> None:
    """Stop the driver from starting transactions of its own."""
    driver.isolation_level = None


def begin_at_once(connection: Connection) -> None:
    """Start the transaction before the first statement, also before one that changes tables."""
    connection.exec_driver_sql("BEGIN")


fileConfig(str(context.config.config_file_name))
address = str(context.config.get_main_option("sqlalchemy.url"))
if context.is_offline_mode():
    run_offline(address)
else:
    run_online(address)
