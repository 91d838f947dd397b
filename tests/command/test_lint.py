"""Mistakes of authors, each with the whole text that tells it."""

from __future__ import annotations

import pytest

from tests.command.reading import problems

PATH = "content/posts/alembic.md"


def console(*lines: str, options: str = "") -> str:
    return "\n".join([f"```console {options}".rstrip(), *lines, "```"])


def test_typographic_quote_in_a_command() -> None:
    assert problems(console("$ git commit -m “first”")) == [
        f"{PATH}:2:17: found the typographic quote “ (U+201C) in a command; "
        'expected the straight quote "\n'
        "    2 | $ git commit -m “first”\n"
        "      |                 ^\n"
        "    hint: if it belongs to a text or a file's name, put straight quotes around that"
    ]


def test_typographic_dash_in_a_command() -> None:
    assert problems(console("$ ls —all")) == [
        f"{PATH}:2:6: found the typographic dash — (U+2014) in a command; "
        "expected the hyphen -, once or twice\n"
        "    2 | $ ls —all\n"
        "      |      ^\n"
        "    hint: if it belongs to a text or a file's name, put straight quotes around that"
    ]


@pytest.mark.parametrize(
    "line",
    [
        "$ git commit -m 'Grüße – “neu”'",
        '$ git commit -m "it’s"',
        "$ ls # it’s all",
        "$ ls\na – “b”",
    ],
)
def test_typographic_characters_in_texts_are_meant(line: str) -> None:
    assert problems(console(line)) == []


def test_non_breaking_space_in_quotes_is_never_meant() -> None:
    assert problems(console("$ echo 'a\u00a0b'")) == [
        f"{PATH}:2:10: found a non-breaking space (U+00A0) in a command; expected a space\n"
        "    2 | $ echo 'a\N{REPLACEMENT CHARACTER}b'\n"
        "      |          ^\n"
        "    hint: delete it and type a space; it often comes along from a web page"
    ]


def test_unbalanced_quote() -> None:
    assert problems(console("$ echo it's", "$ ls")) == [
        f"{PATH}:2:10: found an unbalanced quote at “'s”; expected “'” before the next prompt\n"
        "    2 | $ echo it's\n"
        "      |          ^\n"
        "    hint: close it; a quote that is meant as a character needs a backslash or other quotes"
    ]


def test_output_with_no_command() -> None:
    assert problems("- a\n\n    " + console("made", "$ ls").replace("\n", "\n    ")) == [
        f"{PATH}:4:5: found “made”, which is output with no command before it; "
        "expected a prompt like “$ ” before the first command\n"
        "    4 |     made\n"
        "      |     ^\n"
        "    hint: write the prompt before what is typed, or make this a ```text block"
    ]


def test_unknown_option() -> None:
    assert problems(console("$ ls", options='{titel="x"}')) == [
        f"{PATH}:1:13: found the option “titel”; expected title, tab or run\n"
        '    1 | ```console {titel="x"}\n'
        "      |             ^\n"
        "    hint: did you mean “title”?"
    ]


def test_option_that_is_far_from_any_other() -> None:
    assert problems(console("$ ls", options="{linenums}")) == [
        f"{PATH}:1:13: found the option “linenums”; expected title, tab or run\n"
        "    1 | ```console {linenums}\n"
        "      |             ^\n"
        "    hint: the options are title, tab or run"
    ]


def test_option_without_its_text_and_flag_with_one() -> None:
    assert problems(console("$ ls", options='{title="" run="yes"}')) == [
        f'{PATH}:1:13: found no text for “title”; expected title="…"\n'
        '    1 | ```console {title="" run="yes"}\n'
        "      |             ^\n"
        "    hint: it is what the block does, for its title bar",
        f"{PATH}:1:22: found the value “yes” for “run”; expected “run” alone\n"
        '    1 | ```console {title="" run="yes"}\n'
        "      |                      ^\n"
        "    hint: it is on or absent",
    ]


def test_undeclared_placeholder_in_a_command() -> None:
    assert problems(console("$ createdb {{databse}}")) == [
        f"{PATH}:2:12: found the undeclared placeholder “databse”; "
        "expected a placeholder that the front matter declares under “placeholders”\n"
        "    2 | $ createdb {{databse}}\n"
        "      |            ^\n"
        "    hint: did you mean “database”? to show the braces themselves, write \\{{databse}}"
    ]


def test_undeclared_placeholder_in_text() -> None:
    assert problems("Not `{{zone}}`,\nbut {{zone}}.") == [
        f"{PATH}:2:5: found the undeclared placeholder “zone”; "
        "expected a placeholder that the front matter declares under “placeholders”\n"
        "    2 | but {{zone}}.\n"
        "      |     ^\n"
        "    hint: to show the braces themselves, write \\{{zone}}"
    ]


@pytest.mark.parametrize(
    "text",
    ["'{{.Names}}'", "'{{ .State.Running }}'", "{{ foo.bar }}", "${{ x }}", "\\{{name}}"],
)
def test_literal_braces_are_no_placeholder(text: str) -> None:
    assert problems(console(f"$ echo {text}")) == []


def test_download_that_is_run_unread() -> None:
    assert problems(console("$ curl -sSL https://example.org/x | sudo bash")) == [
        f"{PATH}:2:3: warning: found a download that is run unread; "
        "expected a download, a look at it or its checksum, then the run\n"
        "    2 | $ curl -sSL https://example.org/x | sudo bash\n"
        "      |   ^\n"
        "    hint: write it to a file first"
    ]


def test_removal_of_a_variable() -> None:
    assert problems(console('$ rm -r -f "$TARGET/build"')) == [
        f"{PATH}:2:13: warning: found “rm -rf” on a variable; "
        "expected a path, or a variable that may not be empty\n"
        '    2 | $ rm -r -f "$TARGET/build"\n'
        "      |             ^\n"
        '    hint: write "${NAME:?}", so that the shell stops when it is empty'
    ]


def test_secret_in_output() -> None:
    assert problems(console("$ cat key", "key = AKIAIOSFODNN7EXAMPLE")) == [
        f"{PATH}:3:7: warning: found what looks like an AWS access key; "
        "expected a placeholder or an invented value\n"
        "    3 | key = AKIAIOSFODNN7EXAMPLE\n"
        "      |       ^\n"
        "    hint: if it is real, it is public from now on: revoke it"
    ]


def headlines(text: str) -> list[str]:
    found = [problem.partition("\n")[0] for problem in problems(text)]
    return [line.partition("found ")[2].partition(";")[0] for line in found]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("$ wget -qO- x | sh", ["a download that is run unread"]),
        ('$ sh -c "$(curl -fsSL x)"', ["a download that is run unread"]),
        ("$ bash <(curl x)", ["a download that is run unread"]),
        ("$ curl x \\\n    | python3 -", ["a download that is run unread"]),
        ("$ curl x | jq .", []),
        ("$ curl -O x\n$ sh x", []),
        ("$ echo 'curl x | sh'", []),
        ("PS C:\\> irm x | iex", ["a download that is run unread"]),
        ("$ rm -rf ${X}", ["“rm -rf” on a variable"]),
        ("$ rm --recursive --force $X", ["“rm -rf” on a variable"]),
        ("$ rm -rf ${X:?} build", []),
        ("$ rm -rf 'a$b'", []),
        ("$ rm -f $X", []),
        ("$ rm -r build && echo $X", []),
        ("$ export PASSWORD=swordfish42", ["what looks like a password"]),
        ("$ psql postgresql://ada:swordfish@db1/x", ["what looks like a password in an address"]),
        ("$ export PASSWORD={{message}} TOKEN=$TOKEN API_KEY=… SECRET=changeme", []),
        ("$ psql postgresql://ada:password@db1/x", []),
        ("$ x ghp_" + "a1" * 18, ["what looks like a GitHub token"]),
    ],
)
def test_warnings_are_told_where_they_are_due(line: str, found: list[str]) -> None:
    assert headlines(console(line)) == found


def test_root_after_output_is_told_where_it_is_no_prompt() -> None:
    session = console("$ sysctl vm.swappiness", "vm.swappiness = 60", "# sysctl -w vm.swappiness=0")

    assert problems(session) == [
        f"{PATH}:4:1: warning: found “# sysctl -w vm.swappiness=0” among the output of the command "
        "above; expected a prompt that says who types it, like “root@host:~# ”\n"
        "    4 | # sysctl -w vm.swappiness=0\n"
        "      | ^\n"
        "    hint: “# ” alone is root's prompt only where all prompts of the block are"
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ["$ cat x", "# managed by puppet", "a = 1"],
        ["$ cat x", "a = 1", "# mount the disk first."],
        ["$ cat x", "# disks", "# mount /srv"],
        ["# ls", "a", "# mount /srv"],
        ["$ sudo -i", "# ls", "a", "# mount /srv"],
        ["root@db:~# ls", "a", "root@db:~# mount /srv"],
    ],
)
def test_other_lines_of_output_and_real_prompts_are_no_lost_roots(lines: list[str]) -> None:
    assert problems(console(*lines)) == []


def test_near_misses_of_placeholders_are_told_in_commands_and_text() -> None:
    text = "Use {{dataBase}}, `{{dataBase}}` and {{Names}}.\n\n"

    assert problems(text + console("$ psql {{data-base}} '{{.Names}}' \\{{Database}}")) == [
        f"{PATH}:1:5: warning: found “{{{{dataBase}}}}”, which is no placeholder and stays as it "
        "is; expected a name of small letters, digits and “_”\n"
        "    1 | Use {{dataBase}}, `{{dataBase}}` and {{Names}}.\n"
        "      |     ^\n"
        "    hint: did you mean “{{database}}”?",
        f"{PATH}:4:8: warning: found “{{{{data-base}}}}”, which is no placeholder and stays as it "
        "is; expected a name of small letters, digits and “_”\n"
        "    4 | $ psql {{data-base}} '{{.Names}}' \\{{Database}}\n"
        "      |        ^\n"
        "    hint: did you mean “{{database}}”?",
    ]
