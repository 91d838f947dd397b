"""The rules of the house, held by walking the source: who imports what, and what no file may do."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PLUGINS = ROOT / "plugins"
FILES = sorted(PLUGINS.rglob("*.py"))
ROOMS = sorted(folder.name for folder in PLUGINS.iterdir() if (folder / "__init__.py").is_file())

ORDER = (
    "source markdown site setup shell links ledger command checklist blog schedule release search"
    " feeds pelican_theme engine serve begin"
).split()
"""The rooms of the house, each after all that it imports."""

PELICAN = {"pelican_theme", "engine", "serve"}
"""Rooms that may import the host in any file; elsewhere only `plugin.py` may."""

PURE = {"model.py", "parse.py", "view.py"}
"""Files that text becomes data in, or data other data: without I/O, clock or host."""

IMPURE = set(
    "asyncio concurrent ctypes fcntl glob http importlib io locale logging multiprocessing os "
    "random secrets shutil signal socket subprocess sys tempfile threading time urllib.request "
    "uuid jinja2 markdown pelican watchfiles".split()
)

LONGEST = 40
"""Lines of a function's body."""

CLOCK = {
    "engine/build.py": {"time"},
    "engine/lock.py": {"now", "monotonic"},
    "engine/report.py": {"monotonic"},
    "source/writer.py": {"monotonic"},
    "engine/memo.py": {"time_ns"},
    "engine/read.py": {"time_ns"},
    "engine/unchanged.py": {"monotonic", "time", "time_ns"},
    "engine/workers.py": {"monotonic"},
}
"""Who may read a clock, and which: the build's one moment, deadlines, whether a file had settled
when it was read, whether a moment has come, and what people are told."""

BESIDE_THE_BUILD = (
    "serve/",
    "setup/",
    "begin/",
    "command/verify/",
    "schedule/imports/__main__.py",
)
"""What makes no output: the author's server, the set-up, new sites and texts, trying out commands,
and imports."""

CONVERTERS = {"markdown", "markdown_it", "pymdownx"}

CHANCE = {"random", "secrets"}


def relative(file: Path) -> str:
    return file.relative_to(PLUGINS).as_posix()


def room(file: Path) -> str:
    return file.relative_to(PLUGINS).parts[0]


@cache
def parsed(file: Path) -> ast.Module:
    return ast.parse(file.read_text("utf-8"), str(file))


@cache
def nodes(file: Path) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(parsed(file)))


@cache
def imports(file: Path) -> tuple[str, ...]:
    """The absolute names of all modules that a file imports, also within functions."""
    return tuple(_imports(file))


def _imports(file: Path) -> Iterator[str]:
    package = ("plugins", *file.relative_to(PLUGINS).parts[:-1])
    for node in nodes(file):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        if isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            name = ".".join([*base, *([node.module] if node.module else [])])
            yield from (f"{name}.{alias.name}" for alias in node.names)


def is_of(name: str, module: str) -> bool:
    return name == module or name.startswith(f"{module}.")


def functions(file: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in nodes(file):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_only_plugin_files_and_the_engine_import_pelican() -> None:
    others = {
        relative(file)
        for file in FILES
        if room(file) not in PELICAN
        and file.name != "plugin.py"
        and any(is_of(name, "pelican") for name in imports(file))
    }
    assert others == set()


def test_only_the_extension_imports_markdown() -> None:
    folders = {
        relative(file.parent)
        for file in FILES
        if any(is_of(name, library) for name in imports(file) for library in CONVERTERS)
    }
    assert folders == {"markdown"}


def test_rooms_import_those_before_them_only() -> None:
    """What is a program of its own beside the build may start from the engine."""
    later = {
        (room(file), other)
        for file in FILES
        if room(file) in ORDER and not relative(file).startswith(BESIDE_THE_BUILD)
        for name in imports(file)
        for other in ORDER[ORDER.index(room(file)) + 1 :]
        if is_of(name, f"plugins.{other}")
    }
    assert set(ORDER) == set(ROOMS)
    assert later == set()


# Match the address of a page and a template: `events/index.html` and `schedule.html`.
PAGE_ADDRESS = re.compile(r"(?P<folder>[a-z-]+)/index\.html")
TEMPLATE = re.compile(r"(?!index\.)[a-z-]+\.html")


def test_rooms_name_no_address_of_a_later_one() -> None:
    """What a lower room has to know of an upper one stands in that one's `Feature`."""
    owners = {folder: name for name in ORDER for folder in own_folders(name)}
    found = {
        (file, text)
        for name in ORDER
        for file, text in strings(name)
        for owner in [owners.get(text.strip("/").partition("/")[0])]
        if owner and "/" in text and ORDER.index(name) < ORDER.index(owner)
    }
    assert {"archive", "events", "search", "subscribe"} <= owners.keys()
    assert found == {("source/settings.py", "archive/{year}/")}, "but for a setting's default"


def test_templates_are_named_in_one_room() -> None:
    """Later rooms look for two themes' files, and at the pages that lead on."""
    rooms: dict[str, list[str]] = {}
    for name in ORDER:
        for template in {text for _, text in strings(name) if TEMPLATE.fullmatch(text)}:
            rooms.setdefault(template, []).append(name)

    assert {template: names for template, names in rooms.items() if len(names) > 1} == {
        "home.html": ["blog", "pelican_theme"],
        "list.html": ["blog", "pelican_theme"],
        "redirect.html": ["ledger", "engine"],
    }


def own_folders(name: str) -> set[str]:
    """The first parts of the addresses of a room's pages."""
    matches = (PAGE_ADDRESS.fullmatch(text) for _, text in strings(name))
    return {match["folder"] for match in matches if match}


@cache
def strings(name: str) -> tuple[tuple[str, str], ...]:
    """The texts in the files of a room, without docstrings."""
    return tuple(
        (relative(file), node.value)
        for file in FILES
        if room(file) == name
        for node in nodes(file)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if id(node) not in docstrings(file)
    )


@cache
def docstrings(file: Path) -> frozenset[int]:
    """The nodes of texts that stand alone as a statement."""
    alone = (node.value for node in nodes(file) if isinstance(node, ast.Expr))
    return frozenset(id(value) for value in alone)


def test_rooms_ask_for_parts_of_earlier_ones_only() -> None:
    """By the name of a feature; what an upper room offers to all is found by its class."""
    found = {
        (relative(file), name)
        for file in FILES
        if room(file) in ORDER
        for name in asked_parts(file)
        if ORDER.index(name) > ORDER.index(room(file))
    }
    assert found == set()


def asked_parts(file: Path) -> Iterator[str]:
    """The features that a file names: in `site.part`, `site.parts`, `needs` and `after`."""
    for node in nodes(file):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            is_part = node.func.attr == "part" or ast.unparse(node.func).endswith("parts.get")
            yield from (texts_in(node.args[0]) if is_part else ())
        if isinstance(node, ast.Subscript) and ast.unparse(node.value).endswith("site.parts"):
            yield from texts_in(node.slice)
        if isinstance(node, ast.Compare) and ast.unparse(node.comparators[0]).endswith(
            "site.parts"
        ):
            yield from texts_in(node.left)
        if isinstance(node, ast.keyword) and node.arg in {"needs", "after"}:
            yield from texts_in(node.value)


def texts_in(node: ast.AST) -> Iterator[str]:
    """The texts anywhere in an expression."""
    for each in ast.walk(node):
        if isinstance(each, ast.Constant) and isinstance(each.value, str):
            yield each.value


def test_models_parsers_and_views_are_pure() -> None:
    found = {
        (relative(file), name)
        for file in FILES
        if file.name in PURE
        for name in imports(file)
        if any(is_of(name, module) for module in IMPURE)
    }
    assert found == set()


def test_models_import_no_parser_view_or_render() -> None:
    found = {
        (relative(file), name)
        for file in FILES
        if file.name == "model.py"
        for name in imports(file)
        if any(
            is_of(name, f"plugins.{room(file)}.{later}") for later in ("parse", "view", "render")
        )
    }
    assert found == set()


def test_views_import_no_render() -> None:
    found = {
        (relative(file), name)
        for file in FILES
        if file.name == "view.py"
        for name in imports(file)
        if is_of(name, f"plugins.{room(file)}.render")
    }
    assert found == set()


def test_set_up_needs_nothing_installed() -> None:
    """It runs before anything is installed."""
    import sys  # noqa: PLC0415  the one test that asks the interpreter

    known = sys.stdlib_module_names | {"plugins"}
    found = {
        (relative(file), name)
        for file in FILES
        if room(file) == "setup"
        for name in imports(file)
        if name.partition(".")[0] not in known or is_of(name, "plugins.source")
    }
    assert found == set()


def test_plugin_files_are_short() -> None:
    long = {
        relative(file): count
        for file in FILES
        if file.name == "plugin.py" and (count := len(file.read_text("utf-8").splitlines())) >= 60
    }
    assert long == {}


@pytest.mark.parametrize("name", ["utils", "helpers", "manager", "common", "misc"])
def test_no_file_is_named_for_nothing(name: str) -> None:
    assert [relative(file) for file in FILES if file.stem == name] == []


def test_functions_are_short() -> None:
    long = {
        f"{relative(file)}:{function.name}": length
        for file in FILES
        for function in functions(file)
        if (length := body_length(function)) > LONGEST
    }
    assert long == {}


def body_length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """The lines of a function's body, without its docstring."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def test_functions_are_short_on_the_whole() -> None:
    lengths = sorted(body_length(f) for file in FILES for f in functions(file))

    assert lengths[len(lengths) // 2] <= 5
    assert lengths[len(lengths) * 9 // 10] <= 20


def test_every_folder_says_what_it_holds() -> None:
    folders = {file.parent for file in FILES}
    assert {folder for folder in folders if not (folder / "__init__.py").is_file()} == set()


def test_modules_and_public_names_say_what_they_are() -> None:
    silent = {name for file in FILES for name in undocumented(file)}

    assert silent == set()


HOSTS_METHODS = ("handle_", "do_", "visit_")
"""Prefixes of the methods that the standard library calls; `run`, say, has to tell what it does."""


def undocumented(file: Path) -> Iterator[str]:
    tree = parsed(file)
    if not ast.get_docstring(tree):
        yield relative(file)
    yield from _undocumented(tree, relative(file))


def _undocumented(parent: ast.Module | ast.ClassDef, path: str) -> Iterator[str]:
    for node in parent.body:
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            continue
        if node.name.startswith(("_", *HOSTS_METHODS)):
            continue
        if not ast.get_docstring(node):
            yield f"{path}:{node.name}"
        if isinstance(node, ast.ClassDef):
            yield from _undocumented(node, f"{path}:{node.name}")


def test_nothing_catches_every_exception() -> None:
    found = {
        f"{relative(file)}:{node.lineno}"
        for file in FILES
        for node in nodes(file)
        if any(kind in {"", "Exception", "BaseException"} for kind in caught(node))
    }
    assert found == set()


def caught(node: ast.AST) -> list[str]:
    """The exceptions that `except` names, or `suppress`; an empty name for `except:`."""
    if isinstance(node, ast.ExceptHandler):
        kinds = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
        return [ast.unparse(kind) if kind else "" for kind in kinds]
    if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "suppress":
        return [ast.unparse(kind) for kind in node.args]
    return []


def test_clock_is_read_in_named_places_only() -> None:
    found = {
        (relative(file), node.func.attr)
        for file in FILES
        for node in nodes(file)
        if not relative(file).startswith(BESIDE_THE_BUILD)
        and isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and is_clock(node.func)
    }
    assert found == {(path, name) for path, names in CLOCK.items() for name in names}


def is_clock(function: ast.Attribute) -> bool:
    """Whether a call is `time.time()`, `datetime.now()`, `date.today()` and their like."""
    owner = function.value.id if isinstance(function.value, ast.Name) else ""
    if owner == "time":
        return function.attr in {"time", "time_ns", "monotonic", "localtime", "gmtime"}
    return owner in {"datetime", "date"} and function.attr in {"now", "utcnow", "today"}


def test_nothing_is_left_to_chance() -> None:
    found = {
        (relative(file), name)
        for file in FILES
        if not relative(file).startswith(BESIDE_THE_BUILD)
        for name in imports(file)
        if name.partition(".")[0] in CHANCE
    }
    calls = {
        (relative(file), node.attr)
        for file in FILES
        for node in nodes(file)
        if isinstance(node, ast.Attribute) and node.attr in {"uuid1", "uuid4"}
    }
    assert found | calls == set()


RETURNING = set("command engine feeds markdown shell site ledger begin release".split())
"""Rooms in which some functions still return problems, not add them to a collector."""


def test_problems_are_added_to_the_collector() -> None:
    """In all other rooms, nothing that finds several problems returns them."""
    found = {
        f"{relative(file)}:{function.name}"
        for file in FILES
        if room(file) not in RETURNING and relative(file) != "source/problem.py"
        for function in functions(file)
        if function.returns and "[Problem]" in ast.unparse(function.returns)
    }
    assert found == set()


FAILURES = {
    "engine/command.py": "the settings file",
    "engine/engine.py": "plugins, when they are loaded",
    "engine/workers.py": "another process",
    "pelican_theme/pages.py": "a theme written for Pelican",
    "site/guard.py": "plugins, when they are asked",
}
"""Who may catch whatever is raised, and by whose code."""


def test_any_exception_is_caught_in_named_places_only() -> None:
    callers = {
        relative(file)
        for file in FILES
        for node in nodes(file)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "Failure"
    }
    assert callers == FAILURES.keys()


CHANGEABLE = {"list", "dict", "set", "Sequence", "Set", "Collection", "MutableMapping"}

UNTIL_REWRITTEN = {"engine/cache.py:Memory", "engine/collect.py:Collected"}
"""What the engine remembers, and is no record."""


def test_records_hold_nothing_that_can_change() -> None:
    """Frozen means frozen: tuples, frozen sets and read-only mappings, and no list, dict or set.

    What collects things is no record, and is not declared as frozen.
    """
    found = {
        f"{relative(file)}:{record.name}"
        for file in FILES
        for record in records(file)
        for field in record.body
        if isinstance(field, ast.AnnAssign) and changeable(field.annotation)
    }
    assert found - UNTIL_REWRITTEN == set()


def records(file: Path) -> Iterator[ast.ClassDef]:
    """The classes that are declared as frozen."""
    for node in nodes(file):
        if isinstance(node, ast.ClassDef):
            words = [*node.keywords, *(k for d in node.decorator_list for k in keywords(d))]
            if any(k.arg == "frozen" and ast.unparse(k.value) == "True" for k in words):
                yield node


def keywords(decorator: ast.expr) -> list[ast.keyword]:
    """The keyword arguments of a decorator."""
    return decorator.keywords if isinstance(decorator, ast.Call) else []


def changeable(annotation: ast.expr) -> bool:
    """Whether a type holds something that can change; what a function takes does not count."""
    if isinstance(annotation, ast.Subscript) and ast.unparse(annotation.value) == "Callable":
        return False
    if isinstance(annotation, ast.Name) and annotation.id in CHANGEABLE:
        return True
    inner = (child for child in ast.iter_child_nodes(annotation) if isinstance(child, ast.expr))
    return any(changeable(child) for child in inner)


def test_no_module_keeps_state() -> None:
    """A constant that could change is one that a build could leave to the next."""
    found = {
        f"{relative(file)}:{node.lineno}"
        for file in FILES
        for node in nodes(file)
        if isinstance(node, ast.Global)
    }
    assert found == set()


def test_names_at_the_top_of_modules_are_never_changed() -> None:
    """Dicts and lists there are tables; nothing in their module stores into them."""
    found = {
        f"{relative(file)}:{line}" for file in FILES for line in stores_into_tables(parsed(file))
    }
    assert found == set()


CHANGING = {"append", "extend", "add", "update", "setdefault", "pop", "clear", "insert", "remove"}


def stores_into_tables(tree: ast.Module) -> Iterator[int]:
    tables = {
        target.id
        for node in tree.body
        if isinstance(node, ast.Assign | ast.AnnAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store | ast.Del):
            owner = node.value
        elif (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in CHANGING
        ):
            owner = node.func.value
        else:
            continue
        if isinstance(owner, ast.Name) and owner.id in tables:
            yield node.lineno
