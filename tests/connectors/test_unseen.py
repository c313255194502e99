"""Layouts that no connector was written for, guessed: right, or with a sentence that says why not.

The columns are published ones, cited in the tables; every row is invented.
"""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from gongzhi.connectors.summing import Mode
from gongzhi.connectors.trying import Tried, Wanted, try_file
from gongzhi.core.terms import Said
from house.tree import REPOSITORY
from real_input import real_input

TABLES = sorted((Path(__file__).parent / "unseen").glob("*.toml"))
LAYOUTS = [
    layout
    for table in TABLES
    for layout in tomllib.loads(table.read_text(encoding="utf-8"))["layout"]
]


def tried(layout: dict[str, Any]) -> Tried:
    content = layout["text"].encode(layout.get("charset", "utf-8"))
    return try_file(layout.get("file", "file.csv"), content, Wanted(mode=Mode.KEEP_GOOD))


def told(each: Tried) -> str:
    """Everything that is said of a file, what stands in it included."""
    doubts = [
        *(each.guess.doubts if each.guess else ()),
        *(each.result.doubts if each.result else ()),
    ]
    problems = [*each.problems, *(each.result.problems if each.result else ())]
    return "\n".join(f"{filled(one.what)} → {filled(one.hint)}" for one in (*problems, *doubts))


def filled(said: Said) -> str:
    return said.text.format(
        **{
            name: filled(value) if isinstance(value, Said) else value
            for name, value in said.values.items()
        }
    )


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout["name"])
def test_a_layout_that_nobody_has_seen_is_read_right_or_said_why_not(layout):
    seen = tried(layout)
    for sentence in (*layout.get("says", ()), *layout.get("lacks", ())):
        assert sentence in told(seen)
    if "lacks" in layout:
        assert not seen.is_usable
        return
    assert seen.result is not None, told(seen)
    kinds = filter(None, (layout["kind"], layout.get("also")))
    assert seen.result.facts == dict.fromkeys(kinds, layout["count"]), told(seen)
    fact = seen.examples[0]._asdict()
    assert {name: str(fact[name]) for name in layout["first"]} == {
        name: str(value) for name, value in layout["first"].items()
    }


def test_the_page_of_published_files_lists_every_layout():
    page = (REPOSITORY / "docs" / "reference" / "published-files.md").read_text(encoding="utf-8")

    assert [layout["name"] for layout in LAYOUTS if f"| {layout['name']} | " not in page] == []


def is_no_list(path: Path) -> bool:
    seen = try_file(path.name, path, Wanted(mode=Mode.KEEP_GOOD))
    return not seen.is_usable and bool(seen.problems)


FORMS = ("048-nx404020-a.xlsx", "065-std2020-sheets.xls")


@pytest.mark.parametrize("name", FORMS)
def test_a_real_form_is_no_list_whatever_its_rows_look_like(name):
    assert is_no_list(real_input("forms") / name)


@pytest.mark.deep
def test_no_real_form_is_taken_for_a_list():
    forms = [path for path in real_input("forms").iterdir() if path.suffix in (".xlsx", ".xls")]

    assert [path.name for path in forms if not is_no_list(path)] == []
