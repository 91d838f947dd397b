"""An event from texts, without a build, and the files that other programs get of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from lxml import etree
from msgspec.structs import replace

from plugins.markdown.document import Body, Document
from plugins.markdown.plain import plain_html
from plugins.schedule.agenda import Agenda
from plugins.schedule.event import event_of
from plugins.schedule.events import Edition
from plugins.schedule.exports.collect import export_of
from plugins.schedule.exports.model import Export
from plugins.schedule.formats.plan import Exports
from plugins.schedule.history.releases import history_of, published_of, remembered
from plugins.schedule.model import EventFacts
from plugins.schedule.pages.present import Presenter
from plugins.schedule.schema import EventFrontMatter, TalkFileFrontMatter
from plugins.site.ledger import Ledger
from plugins.site.site import Site
from plugins.source.checked import checked
from plugins.source.front_matter import split_head
from plugins.source.problem import Severity, Source
from plugins.source.schema import FrontMatter, PostFrontMatter
from plugins.source.settings import read_site_settings
from tests.documents import made_document
from tests.schedule.parsing.parsed import itinerary_in, schedule_in

F = TypeVar("F", bound=FrontMatter)

FORMATS = Path(__file__).parent / "schemas"
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)

INDEX = """\
title: Ropes 2026
dates: 2026-10-24 to 2026-10-25
zone: Europe/Amsterdam
modified: 2026-05-01T10:00:00Z
summary: Knots, nets and sails.
venue: {name: Old Ropeyard, city: Edam, position: "52.51, 5.05"}
"""


def site_of(
    *documents: Document, ledger: Ledger | None = None, publish_at: datetime | None = None
) -> Site:
    """A site of nothing but documents, with what was published of it."""
    settings = {"SITENAME": "Harbour", "SITEURL": "https://harbour.example/fairs"}
    return Site(
        settings=replace(read_site_settings(settings), publish=publish_at is not None),
        now=publish_at or NOW,
        documents=documents,
        marks={},
        paths={},
        links={document.source: {} for document in documents},
        files=(),
        ledger=ledger or Ledger(),
    )


def presenter_of(
    schedule: str,
    *,
    index: str = INDEX,
    ledger: Ledger | None = None,
    publish_at: datetime | None = None,
    talks: Mapping[str, str] | None = None,
) -> Presenter:
    """The event `ropes-2026` of a site, with a programme that is right.

    `talks` are the long texts of talks, as markup by id.
    """
    documents = {id: _talk(id, html) for id, html in (talks or {}).items()}
    site = site_of(*documents.values(), ledger=ledger, publish_at=publish_at)
    front_matter = _head(index, EventFrontMatter)
    document = made_document(
        "events/ropes-2026/index.md", front_matter, section="event", slug="ropes-2026"
    )
    event = replace(event_of(front_matter, slug="ropes-2026"), slug="ropes-2026")
    facts = EventFacts(event=event, published=published_of(site.ledger, event.slug))
    programme, problems = schedule_in(Source("schedule.yaml", schedule), event=facts)
    assert not [p for p in problems if p.severity is Severity.ERROR], problems
    modified = document.front_matter.modified
    history = history_of(site, event.slug, programme, texts={}, modified=modified)
    edition = Edition(event, document, Agenda(history.programme), history, documents, {})
    return Presenter(site, edition)


def _talk(id: str, html: str) -> Document:
    head = _head(f"title: {id}\n", TalkFileFrontMatter)
    talk = made_document(f"events/ropes-2026/talks/{id}.md", head, section="talk")
    return replace(talk, body=Body((html,)), plain=Body((plain_html(html, (), has_blocks=False),)))


def publish(schedule: str, ledger: Ledger, at: datetime) -> tuple[Presenter, Ledger]:
    """The event as a publish at a moment shows it, and the ledger that it leaves."""
    presenter = presenter_of(schedule, ledger=ledger, publish_at=at)
    return presenter, remembered(ledger, presenter.slug, presenter.edition.history)


def export(schedule: str, *, index: str = INDEX, talks: Mapping[str, str] | None = None) -> Export:
    """The event as other programs get it."""
    return export_of(presenter_of(schedule, index=index, talks=talks))


def files(presenter: Presenter) -> dict[str, bytes]:
    """Every file, by its path below the event's address."""
    start = len(f"events/{presenter.slug}/")
    return {row.path[start:]: row.write() for row in Exports(presenter).rows()}


def frab_faults(data: bytes) -> list[str]:
    """What the XSD has against a `schedule.xml`."""
    schema = etree.XMLSchema(etree.parse(FORMATS / "schedule.xml.xsd"))
    schema.validate(etree.fromstring(data))
    return [str(error) for error in schema.error_log]


def json_schema() -> object:
    return json.loads((FORMATS / "schedule.schema.json").read_text("utf-8"))


def post_with_itinerary(*texts: str, slug: str = "trip") -> Document:
    """The post `posts/trip.md` with itineraries."""
    plans = []
    for text in texts:
        itinerary, problems = itinerary_in(Source("trip.md", text))
        assert not problems, problems
        plans.append(itinerary)
    head = "title: To Edam\nkind: itinerary\ndate: 2026-04-01\nmodified: 2026-05-01T10:00:00Z\n"
    front_matter = _head(head, PostFrontMatter)
    post = made_document("posts/trip.md", front_matter, section="post", slug=slug)
    return replace(post, parts=tuple(plans))


def _head(text: str, schema: type[F]) -> F:
    head = split_head(Source("index.md", f"---\n{text}---\n"), [])
    assert head
    return checked(schema, head.values.plain(), zone=UTC)
