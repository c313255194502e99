"""Which official paper a draft is, and which layout family it belongs to."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from gongzhi.core.terms import FormType
from gongzhi.papers.reader.printed import key
from gongzhi.papers.reader.vocabulary import GENERIC, families, lexicon

TYPES = lexicon("lexicon/types.toml")
RESULTS = frozenset({"actual", "score", "converted", "executed"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """What a form shows of its kind: titles, words in cells, roles of columns, fields."""

    titles: tuple[str, ...]
    words: Collection[str]
    columns: Collection[str]
    fields: Collection[str]


def form_type_of(signs: Signs) -> FormType:
    """The kind of paper, by the rules in lexicon/types.toml."""
    evaluates = _evaluates(signs)
    for rule in TYPES["type"]:
        if rule.get("evaluates", evaluates) == evaluates and _holds(rule, signs):
            return FormType(rule["form_type"])
    raise AssertionError("the last rules of lexicon/types.toml hold for every form")


def layout_of(signs: Signs, form_type: FormType) -> str:
    """The family with most signs among those whose signs are all there; else generic."""
    fitting = [
        family
        for family in families()
        if form_type.value in family.form_types
        and all(sign in signs.words for sign in family.signs)
        and not any(sign in signs.words for sign in family.absent)
    ]
    best = max(fitting, key=lambda family: len(family.signs) + len(family.absent), default=None)
    return best.name if best else GENERIC


def _evaluates(signs: Signs) -> bool:
    """Whether the form reports results: its columns say so, else its nearest title."""
    if RESULTS & set(signs.columns):
        return True
    for title in reversed(signs.titles):
        printed = key(title)
        if any(word in printed for word in TYPES["evaluating"]):
            return True
        if any(word in printed for word in TYPES["promising"]):
            return False
    return bool({"executed", "stated_total", "goal_actual"} & set(signs.fields))


def _holds(rule: Mapping[str, Any], signs: Signs) -> bool:
    titles = [key(title) for title in signs.titles]
    if "title" in rule and not any(word in title for word in rule["title"] for title in titles):
        return False
    if "columns" in rule and not set(rule["columns"]) & set(signs.columns):
        return False
    if "labels" in rule and not set(rule["labels"]) & set(signs.words):
        return False
    return not set(rule.get("lacking", ())) & set(signs.fields)
