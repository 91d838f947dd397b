"""The check of the answers for a new site: every fault at once, one line each."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import get_args
from urllib.parse import urlsplit

from msgspec import Struct

from ..source.problem import did_you_mean
from ..source.times import find_zone
from .model import Answers, Purpose

# Matches `en`, `pt-BR`, `zh-Hans`; not `english` or `en_GB`.
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")

PURPOSES: tuple[str, ...] = get_args(Purpose)


class Question(Struct, frozen=True):
    """One thing that a new site needs to know."""

    name: str
    """The name of the variable of make; the option is the same in lower case."""
    text: str
    """The question, as a person is asked it."""
    default: str
    check: Callable[[str], str]
    """A function that returns what was expected instead of a value; empty if the value is right."""


def _purpose(value: str) -> str:
    return "" if value in PURPOSES else f"one of {', '.join(PURPOSES)}"


def _text(value: str) -> str:
    return "" if value.isprintable() else "a text of one line"


def _url(value: str) -> str:
    parts = urlsplit(value)
    fits = parts.scheme in {"http", "https"} and parts.netloc and value.isprintable()
    return "" if fits else "an address like https://example.org or https://example.org/blog"


def _language(value: str) -> str:
    return "" if LANGUAGE.fullmatch(value) else "a language tag like en, de or pt-BR"


def _zone(value: str) -> str:
    return "" if find_zone(value) else "a zone of the IANA database, like Europe/Amsterdam"


QUESTIONS: Mapping[str, Question] = MappingProxyType(
    {
        "purpose": Question("FOR", f"What is it for: {', '.join(PURPOSES)}?", "both", _purpose),
        "name": Question("NAME", "What is the site called?", "My site", _text),
        "author": Question("AUTHOR", "Who writes in it?", "Me", _text),
        "url": Question("SITEURL", "At which address will it be?", "https://example.org", _url),
        "language": Question("LANGUAGE", "In which language is it?", "en", _language),
        "zone": Question("ZONE", "In which time zone?", "UTC", _zone),
    }
)


def faults(given: Mapping[str, str]) -> Iterator[str]:
    """Yield a line for each given value that is wrong."""
    for name, value in given.items():
        if expected := QUESTIONS[name].check(value):
            hint = f"; {did_you_mean(value, list(PURPOSES))}" if name == "purpose" else ""
            yield f"{QUESTIONS[name].name}: found “{value}”; expected {expected}{hint}"


def answers_from(given: Mapping[str, str]) -> Answers:
    """Return the answers, with defaults for missing ones; the values have to be checked before."""
    filled = {name: given.get(name) or asked.default for name, asked in QUESTIONS.items()}
    return Answers(**{**filled, "url": filled["url"].rstrip("/")})  # type: ignore[arg-type]
