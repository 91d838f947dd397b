"""The script goes to the end of a page, and the state to whoever waits for it."""

import threading

import pytest

from plugins.serve.reload import SCRIPT, Bulletin, State, event, with_script

STATE = State("r-2", build="r-1", report="line 1\nline “2”")

TAG = (
    '<script data-build="r-1" data-events="/.hallway/events">\n'
    f"{SCRIPT.read_text('utf-8')}</script>\n"
)


@pytest.mark.parametrize(
    ("before", "after"),
    [("<p>x</p>", "</body></html>"), ("<pre>&lt;/body></pre>", "</BODY>"), ("no end", "")],
)
def test_a_page_has_the_script_before_its_end(before: str, after: str) -> None:
    assert with_script((before + after).encode(), STATE).decode() == before + TAG + after


def test_the_script_cannot_end_its_element() -> None:
    assert "</" not in SCRIPT.read_text("utf-8")


def test_an_event_is_one_line_of_json() -> None:
    assert event(STATE) == (
        b'id: r-2\ndata: {"build": "r-1", "report": "line 1\\nline \\u201c2\\u201d"}\n\n'
    )


def test_a_failed_build_keeps_the_last_good_one() -> None:
    bulletin = Bulletin()
    bulletin.succeeded()
    good = bulletin.state

    bulletin.failed("a problem")

    assert (good.id, good.report) == (good.build, "")
    assert (bulletin.state.build, bulletin.state.report) == (good.build, "a problem")


def test_two_runs_have_different_states() -> None:
    assert Bulletin().state != Bulletin().state


def test_no_news_within_the_timeout_are_none() -> None:
    bulletin = Bulletin()

    assert bulletin.after(bulletin.state, timeout=0.01) is None


def test_who_waits_is_woken_by_news_and_by_the_end() -> None:
    bulletin = Bulletin()
    first = bulletin.state
    threading.Timer(0.05, bulletin.succeeded).start()
    news = bulletin.after(first, timeout=60)
    threading.Timer(0.05, bulletin.close).start()
    end = bulletin.after(news, timeout=60)

    assert news == bulletin.state != first
    assert end is None
