"""What authors are told, word for word."""

from __future__ import annotations

from tests.checklist.reading import read


def told(text: str) -> str:
    return "\n".join(str(problem) for problem in read(text)[1].problems)


def test_two_items_with_one_id_are_told_with_both_lines() -> None:
    text = "---\ntitle: Doors\n---\n\n- [ ] Book a room {#room}\n\n## Later\n\n- [x] Pay {#room}\n"

    assert told(text) == (
        "content/posts/doors.md:9:12: found the id “room” again; "
        "expected an id of its own; line 5 has this one\n"
        "    9 | - [x] Pay {#room}\n"
        "      |            ^\n"
        "    hint: ticks are kept by id, so two items with one id would share theirs"
    )


def test_an_unknown_state_is_told_with_a_way_to_write_brackets() -> None:
    assert told("> 1. [?] Perhaps\n") == (
        "content/posts/doors.md:1:6: found the state “[?]”; "
        "expected [ ] to do, [/] in progress, [x] done or [-] not applicable\n"
        "    1 | > 1. [?] Perhaps\n"
        "      |      ^\n"
        "    hint: brackets that mean no state are written \\[?]"
    )


def test_an_empty_item_is_told() -> None:
    assert told("- [ ] One\n- [x]\n") == (
        "content/posts/doors.md:2:3: found an empty item; "
        "expected a text after the box, like “[ ] Book a room”\n"
        "    2 | - [x]\n"
        "      |   ^"
    )


def test_a_bad_day_is_told_with_what_t_is() -> None:
    assert told('- [ ] Book a room {#room due="T–14"}\n') == (
        "content/posts/doors.md:1:31: found the due day “T–14”; "
        "expected days counted from the day T, like T-14, T+1 or T-2w\n"
        '    1 | - [ ] Book a room {#room due="T–14"}\n'
        "      |                               ^\n"
        "    hint: the reader picks the day T; T-14 is two weeks before it"
    )


def test_an_unknown_word_in_braces_is_told_with_the_nearest() -> None:
    assert told('- [ ] Book a room {#room deu="T-14"}\n') == (
        "content/posts/doors.md:1:26: found “deu” in the braces; expected #id or due\n"
        '    1 | - [ ] Book a room {#room deu="T-14"}\n'
        "      |                          ^\n"
        "    hint: did you mean “due”?"
    )


def test_a_name_without_a_list_is_told() -> None:
    assert told('Words.\n\n{: .checklist title="A b" #c }\n') == (
        "content/posts/doors.md:3:1: found a line that names a checklist, after something else; "
        "expected it right after the list that it names\n"
        '    3 | {: .checklist title="A b" #c }\n'
        "      | ^\n"
        "    hint: a task list has items like “- [ ] Book a room”"
    )


def test_an_item_in_a_comment_does_not_move_the_lines_of_others() -> None:
    text = "<!--\n- [?] Not shown\n-->\n\n- [ ] One\n- [?] Two\n"

    assert [str(problem.place) for problem in read(text)[1].problems] == [
        "content/posts/doors.md:6:3"
    ]
