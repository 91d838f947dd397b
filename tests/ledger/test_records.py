"""Documents keep their ids and old addresses through whatever their authors do to them."""

from __future__ import annotations

from plugins.ledger.records import known_again, records_of
from plugins.markdown.document import Document
from plugins.site.ledger import DocumentRecord, Ledger
from plugins.source.settings import SiteSettings
from tests.ledger.documents import page, paths_of, post

TINY = SiteSettings(name="Tiny")


def published(documents: list[Document], ledger: Ledger | None = None) -> Ledger:
    """The ledger after a publish of these documents."""
    paths = paths_of(documents)
    known = known_again(ledger or Ledger(), documents, paths)
    records = records_of(known, documents, paths, settings=TINY)
    return Ledger(site="Tiny", documents={**known.documents, **records})


def ids(ledger: Ledger) -> dict[str, str]:
    return {source: record.id for source, record in ledger.documents.items()}


def addresses(ledger: Ledger, source: str) -> list[str]:
    return [a.removesuffix("/index.html") for a in ledger.documents[source].addresses]


FIRST = published([post("posts/tea.md"), post("posts/milk.md"), page("pages/about.md")])
TEA, MILK = FIRST.documents["posts/tea.md"], FIRST.documents["posts/milk.md"]
OTHERS = [post("posts/milk.md"), page("pages/about.md")]


def test_first_publish_records_each_document() -> None:
    assert FIRST.documents["posts/tea.md"] == DocumentRecord(
        addresses=("posts/tea/index.html",),
        title="posts/tea.md",
        id="urn:uuid:e1ffb446-9932-55a3-86eb-2b10d5489746",
        published="2012-05-14T00:00:00+00:00",
    )
    assert FIRST.documents["pages/about.md"] == DocumentRecord(
        ("about/index.html",), title="pages/about.md"
    )


def test_publishing_the_same_again_changes_nothing() -> None:
    assert published([post("posts/tea.md"), *OTHERS], FIRST) == FIRST


def test_new_slug_keeps_the_id_and_the_old_address() -> None:
    ledger = published([post("posts/tea.md", slug="green"), *OTHERS], FIRST)

    assert ids(ledger) == ids(FIRST)
    assert addresses(ledger, "posts/tea.md") == ["posts/tea", "posts/green"]


def test_old_slug_again_turns_the_addresses_round() -> None:
    green = published([post("posts/tea.md", slug="green"), *OTHERS], FIRST)
    ledger = published([post("posts/tea.md"), *OTHERS], green)

    assert addresses(ledger, "posts/tea.md") == ["posts/green", "posts/tea"]


def test_new_date_and_title_keep_id_and_first_moment() -> None:
    tea = post("posts/tea.md", date="2012-06-01", title="New", modified="2012-06-02")
    record = published([tea, *OTHERS], FIRST).documents["posts/tea.md"]

    assert (record.id, record.published) == (TEA.id, TEA.published)
    assert (record.title, record.updated) == ("New", "2012-06-02T00:00:00+00:00")


def test_moved_file_is_known_by_its_address() -> None:
    moved = post("posts/2012/drink.md", slug="tea", title="New", date="2012-06-01")
    ledger = published([moved, *OTHERS], FIRST)

    assert ids(ledger)["posts/2012/drink.md"] == TEA.id
    assert "posts/tea.md" not in ledger.documents


def test_renamed_file_is_known_by_title_and_date() -> None:
    ledger = published([post("posts/oolong.md", title="posts/tea.md"), *OTHERS], FIRST)

    assert ids(ledger)["posts/oolong.md"] == TEA.id
    assert addresses(ledger, "posts/oolong.md") == ["posts/tea", "posts/oolong"]


def test_new_post_in_the_place_of_a_deleted_one_is_new() -> None:
    ledger = published([post("posts/oolong.md"), *OTHERS], FIRST)

    assert ids(ledger)["posts/oolong.md"] not in ids(FIRST).values()


def test_two_files_that_could_be_the_moved_one_are_both_new() -> None:
    twins = [post(f"posts/{name}.md", title="posts/tea.md") for name in ("one", "two")]
    ledger = published([*twins, *OTHERS], FIRST)

    assert len(set(ids(ledger).values())) == 5


def test_two_files_that_changed_names_keep_them_apart() -> None:
    """A file's path says which it is; what is in it, the author may change."""
    swapped = [post("posts/tea.md", slug="milk"), post("posts/milk.md", slug="tea")]
    ledger = published([*swapped, page("pages/about.md")], FIRST)

    assert ids(ledger) == ids(FIRST)
    assert addresses(ledger, "posts/tea.md") == ["posts/milk"]
    assert addresses(ledger, "posts/milk.md") == ["posts/tea"]


def test_new_file_under_the_name_of_a_moved_one_gets_an_id_of_its_own() -> None:
    renamed = published([post("posts/oolong.md", title="posts/tea.md"), *OTHERS], FIRST)
    both = [post("posts/oolong.md", title="posts/tea.md"), post("posts/tea.md", slug="other")]
    ledger = published([*both, *OTHERS], renamed)

    assert ids(ledger)["posts/oolong.md"] == TEA.id
    assert ids(ledger)["posts/tea.md"] not in {TEA.id, MILK.id}


def test_hidden_post_gets_an_id_when_it_is_listed_and_keeps_it() -> None:
    hidden = published([post("posts/new.md", status="hidden"), *OTHERS], FIRST)
    listed = published([post("posts/new.md"), *OTHERS], hidden)
    again = published([post("posts/new.md", status="hidden"), *OTHERS], listed)

    assert hidden.documents["posts/new.md"].id == ""
    assert listed.documents["posts/new.md"].id != ""
    assert ids(again) == ids(listed)


def test_alias_becomes_an_address_of_its_document() -> None:
    milk = post("posts/milk.md", aliases="/posts/tea/, /dairy.html")
    ledger = published([milk, page("pages/about.md")], FIRST)

    assert addresses(ledger, "posts/milk.md") == ["posts/tea", "dairy.html", "posts/milk"]


def test_id_outlives_the_sites_name() -> None:
    records = records_of(
        FIRST,
        [post("posts/new.md")],
        paths_of([post("posts/new.md")]),
        settings=SiteSettings(name="X"),
    )

    assert records == records_of(
        FIRST,
        [post("posts/new.md")],
        paths_of([post("posts/new.md")]),
        settings=SiteSettings(name="Y"),
    )
