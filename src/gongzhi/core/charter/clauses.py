"""The clauses' table (clauses.toml, already parsed) as values, and what may be wrong with it."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from gongzhi.core.charter.charter import Clause, ClauseKind, Party, Source
from gongzhi.core.terms import Problem, Said, Text, Where

NUMBER = re.compile(r"\d+(\.\d+)+")


def texts_from(entry: Mapping[str, str]) -> Text:
    """A text in both languages, from its table."""
    return Text(zh=entry["zh"], en=entry["en"])


def names_from(entries: Mapping[str, str]) -> dict[str, Said]:
    """The names of roles or verbs, by code."""
    return {code: Said(name) for code, name in entries.items()}


def parties_from(table: Mapping[str, Any]) -> dict[str, Party]:
    """The kinds of party and their groups, by code."""
    return {
        code: Party(name=Said(entry["name"]), within=tuple(entry["within"]))
        for code, entry in table["party"].items()
    }


def clauses_from(table: Mapping[str, Any]) -> dict[str, Clause]:
    """The clauses by number."""
    return {entry["number"]: _clause(entry) for entry in table["clause"]}


def _clause(entry: Mapping[str, Any]) -> Clause:
    return Clause(
        number=entry["number"],
        kind=ClauseKind(entry["kind"]),
        title=texts_from(entry["title"]),
        text=texts_from(entry["text"]),
        since_on=entry["since_on"],
        protected=entry.get("protected", False),
        sources=tuple(
            Source(title=source["title"], verified=source["verified"])
            for source in entry.get("sources", ())
        ),
    )


def clauses_problems(table: Mapping[str, Any]) -> Iterator[Problem]:
    """Clauses without number, kind, date or one of their languages, and numbers used twice."""
    seen: set[str] = set()
    for position, entry in enumerate(table["clause"], start=1):
        number = str(entry.get("number", ""))
        for what in _faults_of(entry, number=number, seen=frozenset(seen)):
            yield Problem(
                where=Where(row=position),
                what=Said(what, {"clause": number or "?"}),
                hint=Said("请在 clauses.toml 中补正该条"),
            )
        seen.add(number)


def _faults_of(entry: Mapping[str, Any], *, number: str, seen: frozenset[str]) -> Iterator[str]:
    if not NUMBER.fullmatch(number):
        yield "条款编号 {clause} 不是“章.条”的形式"
    if number in seen:
        yield "条款编号 {clause} 重复"
    if entry.get("kind") not in set(ClauseKind):
        yield "第 {clause} 条没有写明是原则、权利还是义务"
    if not isinstance(entry.get("since_on"), date):
        yield "第 {clause} 条没有施行日期"
    for part in ("title", "text"):
        if not all(entry.get(part, {}).get(language) for language in ("zh", "en")):
            yield "第 {clause} 条缺少中文或英文"
