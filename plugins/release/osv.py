"""Vulnerabilities as records of OSV (the Open Source Vulnerability format, schema 1.7).

A record needs an id with a known prefix: that of its CVE, or `x_`, which the format reserves for
private databases. Versions are listed one by one; ranges are written only for a product that names
its ecosystem in OSV, or whose versions are semantic, since no other ordering is known there.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from .model import Change, Product

SCHEMA_VERSION = "1.7.0"


def osv_id(product: Product, change: Change) -> str:
    """Return the id of a vulnerability's record."""
    if change.cves:
        return change.cves[0]
    post = change.source.removesuffix("/index.md").removesuffix(".md").rpartition("/")[2]
    return "-".join(filter(None, (f"x_{product.slug}", post, change.anchor or change.id)))


def write_osv(
    product: Product, change: Change, *, published: datetime, modified: datetime, url: str
) -> bytes:
    """Return the record of a vulnerability; `url` is the address of the post about it."""
    record = {
        "schema_version": SCHEMA_VERSION,
        "id": osv_id(product, change),
        "modified": _stamp(modified),
        "published": _stamp(published),
        "aliases": list(change.cves[1:]),
        "summary": _summary(change.text),
        "details": change.text,
        "severity": _severity(change),
        "affected": list(_affected(product, change)),
        "references": [{"type": "ADVISORY", "url": url}, *_issues(change)],
        "credits": [{"name": name} for name in change.credit],
    }
    kept = {key: value for key, value in record.items() if value}
    return json.dumps(kept, indent=1, ensure_ascii=False).encode() + b"\n"


def _stamp(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _summary(text: str) -> str:
    """Return the first sentence, without a CVE before it."""
    told = text.partition(": ")[2] if text.startswith("CVE-") else text
    return told.partition(". ")[0].rstrip(".")


def _severity(change: Change) -> list[dict[str, str]]:
    severity = change.severity
    return [{"type": severity.standard, "score": severity.vector}] if severity else []


def _issues(change: Change) -> Iterator[dict[str, str]]:
    for url in change.issues:
        yield {"type": "REPORT", "url": url}


def _affected(product: Product, change: Change) -> Iterator[dict[str, Any]]:
    """Yield the affected versions, if they are known, with a range for each branch if possible."""
    if change.affects is None:
        return
    numbers = [number for first, last in change.affects for number in range(first, last + 1)]
    if not numbers:
        return
    affected: dict[str, Any] = {"versions": [product.versions[n].name for n in numbers]}
    if product.ecosystem:
        package = {"ecosystem": product.ecosystem, "name": product.package or product.slug}
        affected = {"package": package, **affected}
    if kind := _range_type(product):
        affected["ranges"] = list(_ranges(product, change, numbers, kind))
    yield affected


def _range_type(product: Product) -> str:
    if product.ecosystem:
        return "ECOSYSTEM"
    return "SEMVER" if product.scheme == "semver" else ""


def _ranges(
    product: Product, change: Change, numbers: list[int], kind: str
) -> Iterator[dict[str, Any]]:
    for branch, own in groupby(numbers, key=lambda number: product.versions[number].branch):
        affected = list(own)
        events = [{"introduced": product.versions[affected[0]].name}]
        fixes = [n for n in change.fixed if product.versions[n].branch == branch]
        after = next((n for n in fixes if n > affected[-1]), None)
        end = "last_affected" if after is None else "fixed"
        events.append({end: product.versions[affected[-1] if after is None else after].name})
        yield {"type": kind, "events": events}
