"""The clauses' tables (already parsed) as values, and what may be wrong with them."""

import re
from collections.abc import Iterator, Mapping
from datetime import date

from gongzhi.core.charter.charter import (
    Clause,
    ClauseKind,
    Institution,
    Owed,
    Part,
    Party,
    Source,
)
from gongzhi.core.charter.texts import CharterTexts, Table
from gongzhi.core.terms import Problem, Said, Text, Where

NUMBER = re.compile(r"\d+(\.\d+)+")


def texts_from(entry: Mapping[str, str]) -> Text:
    """A text in both languages, from its table."""
    return Text(zh=entry["zh"], en=entry["en"])


def names_from(entries: Table) -> dict[str, Said]:
    """The names of roles, by code."""
    return {code: Said(name) for code, name in entries.items()}


def named_from(entries: Table) -> dict[str, Said]:
    """The names of verbs or kinds, by code."""
    return {code: Said(entry["name"]) for code, entry in entries.items()}


def parties_from(entries: Table) -> dict[str, Party]:
    """The kinds of party and their groups, by code."""
    return {
        code: Party(name=Said(entry["name"]), within=tuple(entry["within"]))
        for code, entry in entries.items()
    }


def parts_from(texts: CharterTexts) -> dict[str, Part]:
    """The parts by number."""
    return {
        entry["number"]: Part(
            number=entry["number"],
            title=texts_from(entry["title"]),
            always=entry.get("always", False),
        )
        for entry in texts.parts
    }


def institutions_from(texts: CharterTexts) -> dict[str, Institution]:
    """The register of what clauses rest on, by code."""
    return {entry["code"]: _institution(entry) for entry in texts.institutions}


def _institution(entry: Table) -> Institution:
    issued_by, read_in = entry.get("issued_by"), entry.get("read_in")
    return Institution(
        code=entry["code"],
        title=texts_from(entry["title"]),
        level=entry["level"],
        issued_by=texts_from(issued_by) if issued_by else None,
        document_number=entry.get("document_number"),
        issued_on=entry.get("issued_on"),
        amended_on=entry.get("amended_on"),
        in_force_from=entry.get("in_force_from"),
        lapsed_on=entry.get("lapsed_on"),
        verified=entry["verified"],
        read_in=texts_from(read_in) if read_in else None,
    )


def clauses_from(texts: CharterTexts) -> dict[str, Clause]:
    """The clauses by number."""
    known = institutions_from(texts)
    return {entry["number"]: _clause(entry, known) for entry in texts.clauses}


def _clause(entry: Table, known: Mapping[str, Institution]) -> Clause:
    owed = entry.get("owed")
    return Clause(
        number=entry["number"],
        part=entry["number"].partition(".")[0],
        kind=ClauseKind(entry["kind"]),
        title=texts_from(entry["title"]),
        text=texts_from(entry["text"]),
        since_on=entry["since_on"],
        protected=entry.get("protected", False),
        on_paper=entry.get("on_paper", False),
        amended_by=entry.get("amended_by", "authority"),
        owed=_owed(owed) if owed else None,
        sources=tuple(
            Source(institution=known[source["institution"]], article=source.get("article"))
            for source in entry.get("sources", ())
        ),
    )


def _owed(entry: Table) -> Owed:
    return Owed(
        by=tuple(entry["by"]),
        to=tuple(entry["to"]),
        what=texts_from(entry["what"]),
        within_days=entry.get("within_days"),
        working_days=entry.get("days", "working") == "working",
    )


def clauses_problems(texts: CharterTexts) -> Iterator[Problem]:
    """Clauses that lack something, numbers used twice, sources that aren't registered or read."""
    seen: set[str] = set()
    read = {entry["code"]: entry["verified"] for entry in texts.institutions}
    for part in texts.parts:
        for position, entry in enumerate(part["clause"], start=1):
            number = str(entry.get("number", ""))
            faults = (
                *_faults_of(entry, number=number, seen=frozenset(seen)),
                *_faults_of_place(entry, part=str(part["number"]), read=read),
            )
            for what in faults:
                yield Problem(
                    where=Where(row=position),
                    what=Said(what, {"clause": number or "?"}),
                    hint=Said("请在该章的 clauses 文件中补正该条"),
                )
            seen.add(number)


def _faults_of_place(entry: Table, *, part: str, read: Mapping[str, bool]) -> Iterator[str]:
    if str(entry.get("number", "")).partition(".")[0] != part:
        yield "第 {clause} 条不在自己的章里"
    for source in entry.get("sources", ()):
        if source["institution"] not in read:
            yield "第 {clause} 条的依据不在制度库中"
        elif source.get("article") and not read[source["institution"]]:
            yield "第 {clause} 条引用了没有读过的文本的条号"


def _faults_of(entry: Table, *, number: str, seen: frozenset[str]) -> Iterator[str]:
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
