"""Loads the economic classes of a department's budget, by which its lines are put together."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from gongzhi.core.terms import Text
from gongzhi.rules.entry import Entry, read_rules

FILE = Path(__file__).parent / "classes.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class EconomicClass:
    """A class of 部门预算支出经济分类: what the money buys, not what for."""

    code: str
    name: Text


@cache
def load_economic() -> Mapping[str, EconomicClass]:
    """The economic classes by code."""
    top = read_rules(FILE)
    classes = top.tables_by("class", name="code", read=_named)
    top.finish()
    return classes


def _named(entry: Entry) -> EconomicClass:
    return EconomicClass(code=entry.text("code"), name=entry.both("name"))
