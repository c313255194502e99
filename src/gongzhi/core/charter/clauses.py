"""The clauses' tables (already parsed) as values, and what may be wrong with them."""

from collections.abc import Iterator, Mapping

from gongzhi.core.charter.charter import (
    Clause,
    ClauseKind,
    Institution,
    Owed,
    Part,
    Party,
    Source,
)
from gongzhi.core.charter.tables import CLAUSE, INSTITUTION, misfits
from gongzhi.core.charter.texts import CharterTexts, Table
from gongzhi.core.terms import Problem, Said, Text, Where

MEND_CLAUSE = "请在该章的 clauses 文件中补正该条"
MISFIT = "第 {clause} 条的 {field} 缺失或者写得不对"
MISFITS: Mapping[str, str] = {
    "number": "条款编号 {clause} 不是“章.条”的形式",
    "kind": "第 {clause} 条没有写明是原则、权利还是义务",
    "since_on": "第 {clause} 条没有施行日期",
    "title": "第 {clause} 条缺少中文或英文",
    "text": "第 {clause} 条缺少中文或英文",
}


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
    read = {str(entry.get("code")): entry.get("verified") for entry in texts.institutions}
    for part in texts.parts:
        for position, entry in enumerate(part["clause"], start=1):
            number = str(entry.get("number", "?"))
            wrong = sorted(misfits(entry, CLAUSE))
            faults = [_misfit(number, name) for name in wrong] or [
                Said(what, {"clause": number})
                for what in (
                    *(["条款编号 {clause} 重复"] if number in seen else []),
                    *_faults_of_place(entry, part=str(part["number"]), read=read),
                    *_faults_of_owed(entry.get("owed"), known=texts.vocabulary.parties),
                )
            ]
            for what in faults:
                yield Problem(where=Where(row=position), what=what, hint=Said(MEND_CLAUSE))
            seen.add(number)


def _misfit(number: str, field: str) -> Said:
    """What is wrong with a field: in its own words where it has some."""
    return Said(MISFITS.get(field, MISFIT), {"clause": number, "field": field})


def _faults_of_place(entry: Table, *, part: str, read: Mapping[str, object]) -> Iterator[str]:
    if entry["number"].partition(".")[0] != part:
        yield "第 {clause} 条不在自己的章里"
    for source in entry.get("sources", ()):
        if source["institution"] not in read:
            yield "第 {clause} 条的依据不在制度库中"
        elif source.get("article") and not read[source["institution"]]:
            yield "第 {clause} 条引用了没有读过的文本的条号"


def _faults_of_owed(owed: Table | None, *, known: Table) -> Iterator[str]:
    if owed and not known.keys() >= {*owed["by"], *owed["to"]}:
        yield "第 {clause} 条的义务写给了不认识的一方"


def institutions_problems(texts: CharterTexts) -> Iterator[Problem]:
    """Institutions that lack something, that stand twice, or are called read by nobody."""
    seen: set[str] = set()
    for position, entry in enumerate(texts.institutions, start=1):
        code = str(entry.get("code", "?"))
        faults = [
            Said("制度 {code} 的 {field} 缺失或者写得不对", {"code": code, "field": name})
            for name in sorted(misfits(entry, INSTITUTION))
        ]
        if code in seen:
            faults.append(Said("制度 {code} 重复", {"code": code}))
        if not faults and entry["verified"] and not entry.get("read_in"):
            faults.append(
                Said("制度 {code} 标为已核对原文，但没有写明读的是哪一份", {"code": code})
            )
        for what in faults:
            hint = Said("请在制度库中补正该项制度")
            yield Problem(where=Where(row=position), what=what, hint=hint)
        seen.add(code)
