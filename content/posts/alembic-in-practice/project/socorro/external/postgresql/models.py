"""The tables of the crash collector, cut down to the two that the guide changes.

`Report` stays the last class: the guide adds a column by appending a line to this file.
"""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """Holds the metadata that `setupdb_app.py` creates and autogenerate compares."""


class Product(Base):
    """A program whose crashes are collected."""

    __tablename__ = "products"

    product_id: Mapped[int] = mapped_column(primary_key=True)
    product_name: Mapped[str]


class Report(Base):
    """One crash of one product."""

    __tablename__ = "reports"

    report_id: Mapped[int] = mapped_column(primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.product_id"))
    version: Mapped[str]
