"""Editors get the schema that the build checks by."""

from __future__ import annotations

import json
from pathlib import Path

from plugins.blog.kinds import KINDS
from plugins.source.schema import FrontMatter, PostFrontMatter, json_schema

HEADS = {kind.name: kind.front_matter for kind in KINDS}
COMMITTED = Path(__file__).parents[2] / "content" / ".front-matter.schema.json"


def test_schema_in_the_content_folder_is_the_present_one() -> None:
    """`make schema` writes it anew."""
    assert json.loads(COMMITTED.read_text("utf-8")) == json_schema(HEADS)


def test_every_kind_is_in_the_schema_once() -> None:
    definitions = json_schema(HEADS)["$defs"].values()
    kinds = [kind for d in definitions for kind in d["properties"].get("kind", {}).get("enum", [])]

    assert sorted(kinds) == sorted(HEADS)


def test_no_key_has_the_name_of_a_method() -> None:
    """Front matter can set what the schema names, and nothing else of an object."""
    plain = set(dir(object))
    methods = {name for name in dir(FrontMatter) if callable(getattr(FrontMatter, name, None))}

    assert set(PostFrontMatter.__struct_fields__) & (methods | plain) == set()
