"""The whole charter as an official paper: its parts, clauses, sources and register."""

from collections.abc import Iterable, Iterator

from gongzhi.core.charter import Charter, Clause, Institution
from gongzhi.core.charter.charter import ClauseKind, Owed, Source
from gongzhi.core.terms import Said
from gongzhi.papers.articles import articles_text
from gongzhi.papers.official_paper import OfficialPaper
from gongzhi.words import say, translate

KINDS = {ClauseKind.PRINCIPLE: "原则", ClauseKind.RIGHT: "权利", ClauseKind.DUTY: "义务"}
LEVELS = {
    "law": "法律",
    "regulation": "行政法规",
    "party_state": "党内法规和党政联合文件",
    "rule": "部门规章",
    "normative": "规范性文件",
    "local": "地方规定",
}
READ = {True: "已核对原文", False: "未核对原文"}
PROTECTED, ON_PAPER = "受保护", "平台尚无此项办理"
HEADS = ("名称", "文号", "级别", "是否核对")
WIDTHS = (7.2, 3.6, 2.4, 2.4)
ABOUT = (
    "条文之后的小字写明应由谁办理、期限和来源。“未核对原文”的来源只写名称，不引条文；"
    "“平台尚无此项办理”的条款先行载明，平台现在还不能办理。"
)


def charter_docx(charter: Charter, *, language: str) -> bytes:
    """The document; what the charter says of its own status stands under the title."""
    paper = OfficialPaper(title=charter.title.in_language(language))
    status = charter.status.in_language(language)
    paper.subtitle(say(Said("（{status}）", {"status": status}), language))
    paper.paragraph(translate(ABOUT, language))
    for part in charter.parts.values():
        title = part.title.in_language(language)
        number = Said("第 {number} 章　{title}", {"number": part.number, "title": title})
        paper.chapter(say(number, language))
        for clause in charter.clauses.values():
            if clause.part == part.number:
                _write_clause(paper, clause, charter, language)
    paper.chapter(translate("附：制度库", language))
    paper.table(
        heads=[translate(head, language) for head in HEADS],
        rows=[_row(institution, language) for institution in charter.institutions.values()],
        widths=WIDTHS,
    )
    paper.note(say(Said("版本 {version}", {"version": charter.version}), language))
    return paper.content()


def _write_clause(paper: OfficialPaper, clause: Clause, charter: Charter, language: str) -> None:
    head = Said(
        "第 {number} 条　{title}（{marks}）　",
        {
            "number": clause.number,
            "title": clause.title.in_language(language),
            "marks": _listed(_marks(clause, language), "、", language),
        },
    )
    paper.article(say(head, language), clause.text.in_language(language))
    if clause.owed is not None:
        paper.note(say(_owed(clause.owed, charter, language), language))
    if clause.sources:
        sources = _listed((_source(source, language) for source in clause.sources), "；", language)
        paper.note(say(Said("来源：{sources}", {"sources": sources}), language))


def _marks(clause: Clause, language: str) -> Iterator[str]:
    yield translate(KINDS[clause.kind], language)
    if clause.protected:
        yield translate(PROTECTED, language)
    if clause.on_paper:
        yield translate(ON_PAPER, language)


def _owed(owed: Owed, charter: Charter, language: str) -> Said:
    """What is owed, by whom, to whom and until when."""
    values = {
        name: _listed((say(charter.parties[code].name, language) for code in codes), "、", language)
        for name, codes in (("by", owed.by), ("to", owed.to))
    }
    values["what"] = owed.what.in_language(language)
    if owed.within_days is None:
        return Said("应办：{what}；承办：{by}；对象：{to}", values)
    text = (
        "应办：{what}；承办：{by}；对象：{to}；期限：{days} 个工作日"
        if owed.working_days
        else "应办：{what}；承办：{by}；对象：{to}；期限：{days} 日"
    )
    return Said(text, values | {"days": str(owed.within_days)})


def _source(source: Source, language: str) -> str:
    institution = source.institution
    named = Said("《{title}》", {"title": institution.title.in_language(language)})
    words = say(named, language)
    if institution.document_number:
        words += say(Said("（{number}）", {"number": institution.document_number}), language)
    if source.article:
        words += " " if language == "en" else ""
        words += articles_text(source.article, language=language)
    if not institution.verified:
        words += say(Said("（{read}）", {"read": translate(READ[False], language)}), language)
    return words


def _row(institution: Institution, language: str) -> tuple[str, ...]:
    return (
        institution.title.in_language(language),
        institution.document_number or "",
        translate(LEVELS[institution.level], language),
        translate(READ[institution.verified], language),
    )


def _listed(words: Iterable[str], between: str, language: str) -> str:
    return translate(between, language).join(words)
