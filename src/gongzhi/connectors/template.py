"""Our own layout for each kind of fact: a CSV or workbook whose columns are the fields' names.

What is written reads back equal.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from functools import cache

from gongzhi.connectors import texts
from gongzhi.connectors.kinds import KINDS, NAMES
from gongzhi.connectors.mapping import FactFrom, FieldFrom, Mapping
from gongzhi.core.facts import ABOUT, Fact, content_of
from gongzhi.core.terms import Text
from gongzhi.rules.columns import FactRule, load_fact_rules
from gongzhi.words import LANGUAGES

GUARD = "'"  # a text that begins like a formula is kept a text (QUALITY.md S44)


@cache
def template_mappings() -> tuple[Mapping, ...]:
    """The mapping of every kind's own layout, with its header in Chinese and in English."""
    rules = load_fact_rules().values()
    return tuple(_mapping(rule, language) for language in LANGUAGES for rule in rules)


def template_header(kind: str, *, language: str = "zh") -> tuple[str, ...]:
    """The names of the columns."""
    fields = load_fact_rules()[kind].fields
    return tuple(fields[name].title.in_language(language) for name in _names(kind))


def facts_as_csv(kind: str, facts: Iterable[Fact], *, language: str = "zh") -> Iterator[str]:
    """The lines of a CSV file with the facts, the header first."""
    line = io.StringIO(newline="")
    writer = csv.writer(line)
    writer.writerow(template_header(kind, language=language))
    yield _taken(line)
    for fact in facts:
        assert NAMES[fact.__class__] == kind, "a file holds facts of one kind"
        writer.writerow([cell_of(value) for value in content_of(fact)])
        yield _taken(line)


def cell_of(value: object) -> str:
    """A field as its cell holds it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    text = str(value)
    return GUARD + text if text.startswith(texts.FORMULAS) else text


def _taken(line: io.StringIO) -> str:
    text = line.getvalue()
    line.seek(0)
    line.truncate()
    return text


def _names(kind: str) -> tuple[str, ...]:
    return KINDS[kind]._fields[:-ABOUT]


def _mapping(rule: FactRule, language: str) -> Mapping:
    header = template_header(rule.name, language=language)
    columns = zip(_names(rule.name), header, strict=True)
    fields = {name: FieldFrom(columns=(column,)) for name, column in columns}
    title = Text(zh=f"{rule.title.zh}模板", en=f"template: {rule.title.en}")
    fact = FactFrom(kind=rule.name, fields=fields)
    return Mapping(name=f"template-{rule.name}", title=title, facts=(fact,), requires=header)
