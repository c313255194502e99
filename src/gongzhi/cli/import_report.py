"""What a try of an import found, for a person and as one JSON object."""

from collections.abc import Iterator, Sequence
from typing import Any

from gongzhi.connectors.guessing import Guess
from gongzhi.connectors.mapping import FactFrom
from gongzhi.connectors.mapping_record import mapping_as_record
from gongzhi.connectors.summing import Import
from gongzhi.connectors.trying import Tried
from gongzhi.core.facts import Doubt
from gongzhi.core.terms import Problem, Said, SaidValues, several
from gongzhi.papers.places import place_text
from gongzhi.papers.plain import one_line
from gongzhi.rules.columns import load_fact_rules
from gongzhi.words import say

SHOWN = 20
INDENT = "  "
VERSION = 1


def report(tried: Tried, language: str) -> Iterator[str]:
    """The lines about one file."""
    yield one_line(tried.name)
    for mapping in tried.mappings:
        kinds = several(dict.fromkeys(fact.kind for fact in mapping.facts))
        title = mapping.title.in_language(language) or mapping.name or "—"
        told: SaidValues = {"title": title, "kinds": kinds}
        if tried.guess is not None:
            yield INDENT + say(
                Said("列对应是猜的（{kinds}），请核对：", {"kinds": kinds}), language
            )
            yield from _guessed(tried, language)
        else:
            yield INDENT + say(Said("认出的版式：{title}（{kinds}）", told), language)
    if tried.unread:
        columns = several(tried.unread, most=SHOWN)
        yield INDENT + one_line(
            say(Said("没有读取的列：{columns}", {"columns": columns}), language)
        )
    if tried.result is not None:
        yield from _summed(tried.result, language)
    yield from _told(tried.problems, len(tried.problems), "◆", language)


def _guessed(tried: Tried, language: str) -> Iterator[str]:
    assert tried.guess is not None, "only asked where something was guessed"
    for fact in tried.guess.mapping.facts:
        yield from _fields_of(fact, tried.guess, language)
    yield from _told(tried.guess.doubts, len(tried.guess.doubts), "▲", language)


def _fields_of(fact: FactFrom, guess: Guess, language: str) -> Iterator[str]:
    rules = load_fact_rules()[fact.kind].fields
    for name, source in fact.fields.items():
        column = source.columns[0] if source.columns else source.constant or source.given
        unit = f"（{source.unit}）" if source.unit else ""
        sure = f" {guess.sure[name]:.0%}" if name in guess.sure else ""
        title = rules[name].title.in_language(language)
        yield INDENT * 2 + one_line(f"{column}{unit} → {title}{sure}")


def _summed(result: Import, language: str) -> Iterator[str]:
    rules = load_fact_rules()
    kinds = "，".join(
        f"{rules[kind].title.in_language(language)} {count}" for kind, count in result.facts.items()
    )
    counts: SaidValues = {"rows": result.rows, "kinds": kinds or "0"}
    yield INDENT + say(Said("{rows} 行；{kinds}", counts), language)
    if result.by_month:
        for currency, total in result.by_currency.items():
            yield INDENT + say(Said("支付合计 {total} {currency}", {
                "total": f"{total:,.2f}", "currency": currency,
            }), language)  # fmt: skip
        months = "  ".join(
            f"{year}-{month:02} {total:,.2f}" for (year, month), total in result.by_month.items()
        )
        yield INDENT + months
    passed: SaidValues = {"duplicates": result.duplicates, "conflicts": result.conflicts}
    if result.duplicates or result.conflicts:
        yield INDENT + say(
            Said("重复 {duplicates} 条，编号相同而内容不同 {conflicts} 条", passed), language
        )
    yield from _told(result.problems, result.problem_count, "◆", language)
    yield from _told(result.doubts, result.doubt_count, "▲", language)
    if not result.is_accepted:
        yield INDENT + say(Said("按“要么全要，要么全不要”，这份文件不会导入"), language)


def _told(
    problems: Sequence[Problem | Doubt], count: int, mark: str, language: str
) -> Iterator[str]:
    for problem in problems[:SHOWN]:
        place = place_text(problem.where, language)
        what, hint = say(problem.what, language), say(problem.hint, language)
        yield INDENT + one_line(f"{mark} {place} {what}；{hint}")
    if count > SHOWN:
        yield INDENT + say(Said("另有 {count} 处", {"count": count - SHOWN}), language)


def as_json(tried: Sequence[Tried], language: str) -> dict[str, Any]:
    """The whole result, its keys documented in docs/reference/import-json.md."""
    return {"v": VERSION, "files": [_file(one, language) for one in tried]}


def _file(tried: Tried, language: str) -> dict[str, Any]:
    return {
        "file": tried.name,
        "digest": tried.digest,
        "mappings": [mapping_as_record(mapping) for mapping in tried.mappings],
        "unread": list(tried.unread),
        "guessed": None if tried.guess is None else tried.guess.sure,
        "assumed": [_problem(one, language) for one in (tried.guess.doubts if tried.guess else ())],
        "import": None if tried.result is None else _import(tried.result, language),
        "examples": [_example(fact) for fact in tried.examples],
        "problems": [_problem(one, language) for one in tried.problems],
    }


def _import(result: Import, language: str) -> dict[str, Any]:
    return {
        "accepted": result.is_accepted,
        "mode": result.mode.value,
        "rows": result.rows,
        "facts": dict(result.facts),
        "duplicates": result.duplicates,
        "known": result.known,
        "corrections": result.corrections,
        "conflicts": result.conflicts,
        "total": str(result.total),
        "by_month": {f"{y}-{m:02}": str(total) for (y, m), total in result.by_month.items()},
        "by_currency": {name: str(total) for name, total in result.by_currency.items()},
        "problem_count": result.problem_count,
        "doubt_count": result.doubt_count,
        "problems": [_problem(one, language) for one in result.problems],
        "doubts": [_problem(one, language) for one in result.doubts],
    }


def _problem(problem: Problem, language: str) -> dict[str, Any]:
    where = problem.where
    return {
        "sheet": where.sheet,
        "row": where.row,
        "column": where.column,
        "what": say(problem.what, language),
        "hint": say(problem.hint, language),
    }


def _example(fact: Any) -> dict[str, str | None]:
    return {
        name: None if value is None else str(value)
        for name, value in zip(fact._fields[:-1], fact[:-1], strict=True)
    }
