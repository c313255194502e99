"""What words on official forms mean, read from lexicon/ and families/: data, no code.

To teach the reader a new word, add it to lexicon/*.toml; to teach it a new family of forms,
add a file to families/ and its name to PAPERS.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

PAPERS = (
    "bj2016", "bond", "chongqing", "declaration", "department", "embedded", "goal_cq", "goal_decl",
    "goal_department", "goal_gansu", "goal_ningxiang", "goal_simple", "hb2080", "monitor",
    "nx404020", "poverty", "sc2022", "std2020", "transfer", "yinchuan", "yn14",
)  # fmt: skip
GENERIC = "generic"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Keys that mean one role: the whole key, its end or a part of it."""

    role: str
    rank: int
    whole: frozenset[str]
    ends: tuple[str, ...]
    parts: tuple[str, ...]
    excluded: tuple[str, ...]

    def fits(self, name: str) -> bool:
        """Whether a key means this role."""
        if name in self.whole:
            return True
        named = name.endswith(self.ends) if self.ends else False
        held = any(part in name for part in self.parts)
        return (named or held) and not any(part in name for part in self.excluded)


class Rules:
    """Rules in their order; most texts fit none, which one glance tells."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = tuple(rules)
        self._whole = frozenset[str]().union(*(rule.whole for rule in self.rules))
        parts = {part for rule in self.rules for part in (*rule.parts, *rule.ends)}
        self._hint = re.compile("|".join(map(re.escape, sorted(parts))))

    def first(self, name: str) -> Rule | None:
        """The first rule that fits a key."""
        if name not in self._whole and not self._hint.search(name):
            return None
        return next((rule for rule in self.rules if rule.fits(name)), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words that are neither labels nor heads of columns, named as in lexicon/words.toml."""

    nothing: tuple[str, ...]
    nothing_marks: str
    nothing_in_reason: tuple[str, ...]
    silent_signs: tuple[str, ...]
    totals: tuple[str, ...]
    total_starts: tuple[str, ...]
    subtotals: tuple[str, ...]
    grades: tuple[str, ...]
    level1: tuple[str, ...]
    level1_first: tuple[str, ...]
    level2: tuple[str, ...]
    execution: tuple[str, ...]
    long_term: tuple[str, ...]
    annual: tuple[str, ...]
    fund_totals: tuple[str, ...]
    fund_subtotal_ends: tuple[str, ...]
    fund_parts: tuple[str, ...]
    group_heads: tuple[str, ...]
    money_sections: tuple[str, ...]
    goal_sections: tuple[str, ...]
    form_titles: tuple[str, ...]
    topics: tuple[str, ...]
    report_titles: tuple[str, ...]
    continued: tuple[str, ...]
    note_words: tuple[str, ...]
    rule_topics: tuple[str, ...]
    rule_loose: tuple[str, ...]
    joints: tuple[str, ...]
    report_ends: tuple[str, ...]
    told_totals: tuple[str, ...]
    told_grades: tuple[str, ...]
    money_words: tuple[str, ...]
    operators: Mapping[str, str]
    rule_names: Mapping[str, list[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """One layout family: how it is recognised."""

    name: str
    form_types: frozenset[str]
    signs: tuple[str, ...]
    absent: tuple[str, ...]


@cache
def lexicon(name: str) -> dict[str, Any]:
    """One of the data files, read once."""
    return tomllib.loads(files(__package__).joinpath(name).read_text(encoding="utf-8"))


def _rules(entries: Iterable[Mapping[str, Any]], *, named: str) -> Rules:
    return Rules(
        Rule(
            role=entry[named], rank=entry.get("rank", 0), whole=frozenset(entry.get("is", ())),
            ends=tuple(entry.get("ends", ())), parts=tuple(entry.get("has", ())),
            excluded=tuple(entry.get("not", ())),
        )
        for entry in entries
    )  # fmt: skip


def _words(data: Mapping[str, Any]) -> Words:
    held: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in data.items()
    }
    return Words(**held)


@cache
def families() -> tuple[Family, ...]:
    """The layout families, in the order of PAPERS."""
    return tuple(_family(lexicon(f"families/{name}.toml")) for name in PAPERS)


def _family(data: Mapping[str, Any]) -> Family:
    return Family(
        name=data["name"], form_types=frozenset(data["form_types"]),
        signs=tuple(data.get("signs", ())), absent=tuple(data.get("absent", ())),
    )  # fmt: skip


def _with_families(kind: str, entries: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    brought = [entry for name in PAPERS for entry in lexicon(f"families/{name}.toml").get(kind, ())]
    return [*brought, *entries]


_COLUMNS = lexicon("lexicon/columns.toml")
INDICATOR_COLUMNS = _rules(_with_families("indicator", _COLUMNS["indicator"]), named="role")
MONEY_COLUMNS = _rules(_with_families("money", _COLUMNS["money"]), named="role")
LABELS = _rules(_with_families("label", lexicon("lexicon/labels.toml")["label"]), named="field")
WORDS = _words(lexicon("lexicon/words.toml"))
