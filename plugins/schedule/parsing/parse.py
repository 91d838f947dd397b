"""Turn the text of a `schedule.yaml` or a fence into a `Programme`, or report its problems.

    programme = head *( day ":" list-of-items )       ; YAML; the head is in head.py
    day       = YYYY-MM-DD [ title ]
    list-of-items: see days.py; items: items.py; times: times.py; names: names.py

    zone: Europe/Amsterdam
    rooms: [Main hall, Room B]
    2011-10-21:
      - 09:30-10:20 Postgres Futures | Simon Riggs | Main hall
      - 10:20 20m Coffee
      - 10:40-11:30:
          - Replication protocol | Magnus Hagander | Main hall
          - Benchmarking | Greg Smith | Room B
      - Managing Terabytes                      # order known, time not
      - {title: Closing keynote, start: "17:00", length: 45m, id: closing}

A problem does not stop the reading: the schedule holds everything that can be read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from msgspec.structs import replace

from ...source.marked import Marked, parse_yaml
from ...source.problem import Problems, Source, did_you_mean, one_of, quoted
from ...source.slug import slugify
from ..model import Day, EventFacts, Programme, Session, TalkFile
from .checks import check_programme
from .days import Written, read_day
from .head import HEAD_KEYS, Head, read_head
from .ids import Wish, distinct_ids
from .pieces import Faults, Piece, key_piece, shown
from .renamed import renamed, report_doubtful
from .times import ISO_DAY, parse_date


def parse_schedule(
    source: Source, problems: Problems, *, event: EventFacts | None = None
) -> Programme:
    """Return the schedule in the text, with everything in it that can be read; report the rest.

    With an event, use its zone, talk files and published ids, and check the schedule against its
    dates and files.
    """
    faults, known = Faults(source, problems), len(problems)
    root = parse_yaml(source, problems)
    is_broken = root is None and len(problems) > known
    if is_broken:
        _report_bare_days(faults)
    entries = _entries(root, faults)
    head = read_head(entries, event, faults)
    days = _read_days(entries, head, faults)
    drafts = [each for day in days.values() for each in day]
    written = _with_talk_files(drafts, head, event, faults)
    if event and event.published:
        written = _with_old_ids(written, _sessions(written), event, faults)
        written = _with_talk_files(written, head, event, faults)
    written = [_with_first(each, written) for each in written]
    sessions = _sessions(written)
    _report_names(written, sessions, faults)
    programme = _programme(head, days, sessions)
    # If the YAML is broken, all files would seem unused.
    check_programme(programme, None if is_broken else event, faults)
    return programme


def _report_bare_days(faults: Faults) -> None:
    """Report days without a colon after them, a likely reason why the text is not valid YAML."""
    for number, line in enumerate(faults.lines, faults.source.first_line):
        if ISO_DAY.match(line) and ":" not in line:
            faults.add(
                Piece(line, number, 1),
                found=f"{quoted(line)}, a day without a colon",
                expected=quoted(f"{line.rstrip()}:"),
            )


def _entries(root: Marked | None, faults: Faults) -> Mapping[str, Marked]:
    if root is None or root.value is None:
        return {}
    if isinstance(root.value, dict):
        return root.value
    faults.add(
        root,
        found=shown(root),
        expected="days with lists of items below them",
        hint="begin with a date on a line of its own, like “2011-10-21:”",
    )
    return {}


def _read_days(
    entries: Mapping[str, Marked], head: Head, faults: Faults
) -> dict[tuple[date, str], list[Written]]:
    """Return the sessions under each day (date and title), by date and then in the file's order."""
    days: dict[tuple[date, str], list[Written]] = {}
    for key, node in entries.items():
        if key in HEAD_KEYS:
            continue
        piece = key_piece(key, node, faults)
        if day := _day(piece, faults):
            _report_second_list(piece, day[0], days, faults)
            days[day] = read_day(day[0], node, head, faults)
    return dict(sorted(days.items(), key=lambda item: item[0][0]))


def _day(piece: Piece, faults: Faults) -> tuple[date, str] | None:
    """Return a day's date and title; None, with a problem, for any other key."""
    match = ISO_DAY.match(piece.text)
    if match:
        day = parse_date(piece.cut(0, match.end()), faults)
        return (day, piece.cut(match.end()).text) if day else None
    faults.add(
        piece,
        found=f"the unknown key {quoted(piece.text)}",
        expected=f"a day like 2011-10-21, or one of {one_of(HEAD_KEYS)}",
        hint=did_you_mean(piece.text, HEAD_KEYS),
    )
    return None


def _report_second_list(
    piece: Piece, day: date, days: Iterable[tuple[date, str]], faults: Faults
) -> None:
    if day in {known for known, _ in days}:
        faults.add(
            piece, found=f"the day {quoted(piece.text)} again", expected="one list for each day"
        )


def _with_old_ids(
    written: Sequence[Written], sessions: Sequence[Session], event: EventFacts, faults: Faults
) -> list[Written]:
    """Return the items, with their published ids set where they are found again.

    An item that has an id of its own keeps it. Report new sessions that may be old ones.
    """
    pairs = zip(written, sessions, strict=True)
    free = [session for each, session in pairs if not each.draft.id]
    fixed = {session.id for session in sessions} - {session.id for session in free}
    published = [each for each in event.published if each.id not in fixed]
    kept = renamed(free, published)
    report_doubtful(free, published, kept, faults)
    return [
        replace(each, draft=replace(each.draft, id=replace(each.draft.at, text=kept[session.id])))
        if session.id in kept
        else each
        for each, session in zip(written, sessions, strict=True)
    ]


def _with_talk_files(
    written: Iterable[Written],
    head: Head,
    event: EventFacts | None,
    faults: Faults,
) -> list[Written]:
    """Return the items, completed with titles, speakers and links from their talk files."""
    files = {talk.id: talk for talk in event.talks} if event else {}
    return [_with_talk_file(each, files, head, faults) for each in written]


def _with_talk_file(
    written: Written, files: Mapping[str, TalkFile], head: Head, faults: Faults
) -> Written:
    draft, session, texts = written.draft, written.session, written.session.texts
    wanted = draft.repeat_of or draft.id
    file = files.get(wanted.text if wanted else slugify(session.title))
    if not file:
        return written
    at = draft.at
    people = [head.speakers.find(Piece(n, at.line, at.column), faults) for n in file.speakers]
    return replace(
        written,
        session=replace(
            session,
            title=session.title or file.title,
            speakers=session.speakers or tuple(people),
            language=draft.language or file.language or session.language,
            texts=replace(
                texts,
                slides=texts.slides or file.slides,
                recording=texts.recording or file.recording,
                links=texts.links or file.links,
            ),
            file=file.path,
        ),
    )


def _sessions(written: Sequence[Written]) -> list[Session]:
    """Return the sessions with ids, in order; each repeat has the id of its first session."""
    written = [_with_first(each, written) for each in written]
    wishes = [Wish(w.draft.id.text if w.draft.id else "", w.session.title) for w in written]
    ids = distinct_ids(wishes, word="session")
    named = [
        replace(each.session, id=id, order=order)
        for order, (each, id) in enumerate(zip(written, ids, strict=True), 1)
    ]
    return _with_repeats(named, written)


def _with_first(written: Written, others: Iterable[Written]) -> Written:
    """Return an item that has only `repeat of`, completed from the session that it repeats.

    Other items are returned unchanged.
    """
    wanted, texts = written.draft.repeat_of, written.session.texts
    if written.draft.title or not wanted:
        return written
    for other in others:
        first = other.session
        own = other.draft.id.text if other.draft.id else slugify(first.title)
        if own == wanted.text and other is not written and first.title:
            session = replace(
                written.session,
                title=first.title,
                kind=written.draft.kind or first.kind,
                speakers=written.session.speakers or first.speakers,
                track=written.session.track or first.track,
                language=written.draft.language or first.language,
                texts=replace(texts, abstract=texts.abstract or first.texts.abstract),
            )
            return replace(written, session=session)
    return written


def _report_names(written: Sequence[Written], sessions: Sequence[Session], faults: Faults) -> None:
    """Report items without a title, duplicate ids, and repeats of sessions that do not exist."""
    for each in written:
        if not each.session.title:
            faults.add(each.draft.at, found="an item without a title", expected="a title")
    _report_double_ids(written, faults)
    ids = {session.id: session for session in sessions}
    for session, each in zip(sessions, written, strict=True):
        wanted = each.draft.repeat_of
        if wanted and (wanted.text not in ids or wanted.text == session.id):
            _report_lost_repeat(wanted, [id for id in ids if id != session.id], faults)


def _report_double_ids(written: Iterable[Written], faults: Faults) -> None:
    lines: dict[str, int] = {}
    for piece in (each.draft.id for each in written):
        if piece and piece.text in lines:
            faults.add(
                piece,
                found=f"the id {quoted(piece.text)} again",
                expected=f"each id once; it stands in line {lines[piece.text]} already",
                hint="a talk that is given again says “repeat of: …”",
            )
        elif piece:
            lines[piece.text] = piece.line


def _with_repeats(sessions: Sequence[Session], written: Sequence[Written]) -> list[Session]:
    ids = {session.id for session in sessions}
    firsts: dict[tuple[str, frozenset[str]], str] = {}
    found: list[Session] = []
    for session, each in zip(sessions, written, strict=True):
        key = (session.title.casefold(), frozenset(session.speakers))
        wanted = each.draft.repeat_of
        if wanted and wanted.text in ids and wanted.text != session.id:
            found.append(replace(session, repeat_of=wanted.text))
            continue
        first = firsts.setdefault(key, session.id) if session.speakers else session.id
        found.append(session if first == session.id else replace(session, repeat_of=first))
    known = {session.id: session for session in found}
    return [_repeating_first(session, known) for session in found]


def _repeating_first(session: Session, known: Mapping[str, Session]) -> Session:
    """Return the session as a repeat of the first in its chain of repeats.

    In a circle of repeats, the session repeats nothing.
    """
    if not session.repeat_of:
        return session
    seen, root = {session.id}, session.repeat_of
    while root and known[root].repeat_of and root not in seen:
        seen.add(root)
        root = known[root].repeat_of
    return replace(session, repeat_of="" if root == session.id else root)


def _report_lost_repeat(wanted: Piece, ids: Sequence[str], faults: Faults) -> None:
    faults.add(
        wanted,
        found=f"{quoted(wanted.text)}, which is the id of no other session",
        expected="the id of the session that is given again",
        hint=did_you_mean(wanted.text, ids),
    )


def _programme(
    head: Head,
    days: Mapping[tuple[date, str], list[Written]],
    sessions: Sequence[Session],
) -> Programme:
    return Programme(
        zone=head.zone,
        rooms=head.rooms.all(),
        tracks=head.tracks.all(),
        speakers=head.speakers.all(),
        languages=head.languages,
        days=_days(days, sessions),
        strict=head.strict,
        breaks=tuple(sorted(head.breaks)),
    )


def _days(
    days: Mapping[tuple[date, str], list[Written]], sessions: Sequence[Session]
) -> tuple[Day, ...]:
    found, position = [], 0
    for (day, title), written in days.items():
        own = sessions[position : position + len(written)]
        position += len(written)
        if own:
            found.append(Day(day, title, tuple(own)))
    return tuple(found)
