"""Checklists as markup: whole outputs, small."""

from __future__ import annotations

import re
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from plugins.checklist.parse import parse_lists
from plugins.checklist.render import render_glyphs
from tests.checklist.reading import checklists, read


def lines_of(html: str) -> str:
    """The markup without the controls that wait for script."""
    kept = re.sub(
        r'<div class="checklist-head .*?(?=<div aria|<div class="checklist-sec)', "", html
    )
    return re.sub(r"<noscript>.*</dialog>", "", kept, flags=re.DOTALL)


def test_an_item_is_a_box_in_a_label_with_its_notes_beside() -> None:
    html, _ = read("- [/] Book *a* room {#room due=T-14}\n\n    Ask.\n")

    assert lines_of(html) == (
        '<check-list class="checklist" data-key="doors/list" data-title="The doors">'
        '<div class="checklist-section" role="group" data-title="The doors" aria-label="The doors">'
        '<ul class="checklist-items" role="list">\n'
        '<li id="room" data-item="room" data-words="book a room" data-state="doing" '
        'data-due="-14" class="checklist-item">'
        '<div class="checklist-line"><label class="checklist-label">'
        '<input type="checkbox" class="checklist-box" autocomplete="off"> '
        '<span class="checklist-text" dir="auto">Book <em>a</em> room</span> '
        '<span class="checklist-state">in progress</span> '
        '<span class="checklist-due">14 days before</span></label></div>'
        "<p>Ask.</p>\n</li>\n</ul>\n</div>\n</check-list>"
    )


def test_controls_are_hidden_until_their_script_comes() -> None:
    html, _ = read("- [ ] Book {due=T}\n")

    assert re.findall(r'<div class="checklist-(\w+) waits" hidden', html) == ["head", "tools"]
    assert html.count("<noscript>") == 1


def test_sections_of_a_joined_list_are_in_one_element() -> None:
    html, _ = read("## A\n\n- [ ] One\n\nWords.\n\n## B\n\n- [ ] One\n\nEnd.\n", kind="checklist")
    tags = re.findall(r"</?(?:check-list|h2|ul)\b|<p>|data-item=\"[^\"]*\"", html)

    assert tags == [
        "<check-list",
        *("<h2", "</h2", "<ul", 'data-item="a/~7692c3ad35"', "</ul"),
        *("<p>", "<h2", "</h2", "<ul", 'data-item="b/~7692c3ad35"', "</ul"),
        "</check-list",
        "<p>",
    ]


def test_a_group_bears_the_name_that_its_author_gave() -> None:
    html, _ = read('- [ ] One\n{: .checklist title="A <b" #doors }\n')

    assert re.findall(
        r'<check-list[^>]*>|<div class="checklist-section[^>]*>|<p class="checklist-title.*?</p>',
        html,
    ) == [
        '<check-list class="checklist" data-key="doors/doors" data-title="A &lt;b" id="doors">',
        '<div class="checklist-section" role="group" data-title="A &lt;b" '
        'aria-labelledby="doors-doors-title">',
        '<p class="checklist-title" id="doors-doors-title">A &lt;b</p>',
    ]


def test_a_text_that_looks_like_markup_is_escaped() -> None:
    html, _ = read('- [ ] `<script>` & "quotes"\n')

    assert 'data-words="&lt;script&gt; quotes"' in html
    assert "<code>&lt;script&gt;</code> &amp; “quotes”" in html


def test_the_first_paragraph_of_a_text_is_none_of_a_control() -> None:
    html, _ = read("- [ ] One\n\nWords.\n")

    assert re.findall(r"<p\b.*?</p>", html) == ["<p>Words.</p>"]


def tree(html: str) -> Element:
    """The markup as elements; what HTML leaves open is closed, bare attributes get a value."""
    closed = re.sub(r"(<(?:input|progress)\b[^>]*?)(?: /)?>(?!</progress>)", r"\1/>", html)
    closed = re.sub(r"<progress([^>]*)/?></progress>", r"<progress\1></progress>", closed)
    closed = re.sub(r" (hidden|checked)(?=[ />])", r' \1="\1"', closed)
    return ElementTree.fromstring(f"<div>{closed}</div>")


def test_feeds_show_glyphs_and_no_form() -> None:
    text = (
        "## Doors\n\n- [x] Chosen *dates*\n- [/] Badges (due: T-1)\n\n    A note.\n\n"
        '- [-] Carol\n- Speakers\n    1. [ ] Anna\n{: .checklist title="Open" }\n\nEnd.\n'
    )
    html, _ = read(text)

    shown = ElementTree.tostring(render_glyphs(tree(html)), encoding="unicode")

    assert "".join(line.strip() for line in shown.split("\n")) == (
        '<div><h2 id="doors">Doors <a aria-label="Link to this section" '
        'class="heading-anchor" href="#doors">#</a></h2>'
        "<p><strong>Open</strong></p><ul>"
        "<li>☑ Chosen <em>dates</em></li>"
        "<li>◐ Badges (in progress, 1 day before)<p>A note.</p></li>"
        "<li>☐ Carol (not applicable)</li>"
        "<li>Speakers<ol><li>☐ Anna</li></ol></li>"
        "</ul><p>End.</p></div>"
    )


def test_the_steps_of_a_command_are_no_items() -> None:
    root = ElementTree.fromstring(
        "<div><ul><li><p>[ ] Run</p><command-block><ol><li>a</li></ol></command-block>"
        '<ol class="steps"><li>b</li></ol></li></ul></div>'
    )
    (parsed,) = parse_lists(root, read("- [ ] Run")[1])

    assert [item.text for item in parsed.section.walk()] == ["Run"]


def test_rendering_twice_gives_the_same_bytes() -> None:
    text = "## A\n\n- [ ] One {#one}\n    - [x] Two\n"

    assert read(text)[0] == read(text)[0]
    assert checklists(text) == checklists(text)
