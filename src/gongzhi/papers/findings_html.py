"""The result of a check as one page that needs nothing else and prints well."""

from collections.abc import Sequence
from pathlib import Path

from gongzhi.core.audit import CheckedForm
from gongzhi.core.terms import Finding, Said
from gongzhi.papers.advice import advice
from gongzhi.papers.checking import CheckedFile
from gongzhi.papers.clauses import clause_text
from gongzhi.papers.facsimile_html import facsimile_table
from gongzhi.papers.figures import points_text
from gongzhi.papers.findings_xlsx import nature
from gongzhi.papers.layouts import title_of
from gongzhi.papers.markup import Element, page, tag
from gongzhi.papers.places import place_text
from gongzhi.rules.checks import check_name
from gongzhi.words import say, translate

STYLE = Path(__file__).with_name("findings.css")
# the page may fetch nothing, run nothing and send nothing
POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def findings_html(files: Sequence[CheckedFile], *, language: str) -> bytes:
    """The page: a table of all forms, then each form with its findings beside it."""
    writing = _Writing(language)
    title = translate("绩效表检查结果", language)
    forms = [(file.name, checked) for file in files for checked in file.forms]
    body = [tag("h1", {}, title), writing.lead(forms)]
    if len(forms) > 1:
        body.append(writing.overview(forms))
    body += [writing.problems(file) for file in files if file.problems]
    body += [writing.form(number, checked) for number, (_, checked) in enumerate(forms, 1)]
    lang = "zh-CN" if language == "zh" else "en"
    return page(tag("html", {"lang": lang}, _head(title), tag("body", {}, *body)))


def _head(title: str) -> Element:
    return tag(
        "head",
        {},
        tag("meta", {"charset": "utf-8"}),
        tag("meta", {"http-equiv": "Content-Security-Policy", "content": POLICY}),
        tag("meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"}),
        tag("title", {}, title),
        tag("style", {}, STYLE.read_text(encoding="utf-8")),
    )


class _Writing:
    """The parts of the page in one language."""

    def __init__(self, language: str) -> None:
        self.language = language

    def lead(self, forms: Sequence[tuple[str, CheckedForm]]) -> Element:
        findings = [finding for _, checked in forms for finding in checked.findings]
        certain = sum(finding.certain for finding in findings)
        counts = {"forms": len(forms), "certain": certain, "advisory": len(findings) - certain}
        said = Said("{forms} 张表：算术不符 {certain} 处，待核实 {advisory} 处。", counts)
        return tag("p", {"class": "lead"}, say(said, self.language))

    def overview(self, forms: Sequence[tuple[str, CheckedForm]]) -> Element:
        heads = ("文件", "项目名称", "自报总分", "重算总分", "算术不符", "待核实")
        rows = [
            self._overview_row(number, name, checked)
            for number, (name, checked) in enumerate(forms, 1)
        ]
        head = tag("tr", {}, *(self._th(label) for label in heads))
        return tag("table", {"class": "overview"}, tag("thead", {}, head), tag("tbody", {}, *rows))

    def _overview_row(self, number: int, name: str, checked: CheckedForm) -> Element:
        form = checked.form
        certain = sum(finding.certain for finding in checked.findings)
        figures = (
            points_text(form.stated_total),
            points_text(checked.computed_total),
            str(certain),
            str(len(checked.findings) - certain),
        )
        label = form.project or form.department or title_of(form, language=self.language)
        return tag(
            "tr",
            {},
            tag("td", {}, name),
            tag("td", {}, tag("a", {"href": f"#f{number}"}, label)),
            *(tag("td", {"class": "figure"}, figure) for figure in figures),
        )

    def problems(self, file: CheckedFile) -> Element:
        lines = [
            tag(
                "li",
                {},
                f"{place_text(problem.where, self.language)} ".lstrip(),
                say(problem.what, self.language),
                " — ",
                say(problem.hint, self.language),
            )
            for problem in file.problems
        ]
        return tag(
            "section",
            {"class": "problems"},
            tag("h2", {}, translate("读不了的内容", self.language) + f" · {file.name}"),
            tag("ul", {}, *lines),
        )

    def form(self, number: int, checked: CheckedForm) -> Element:
        key = f"f{number}"
        form = checked.form
        title = title_of(form, language=self.language)
        name = form.project or form.department
        return tag(
            "section",
            {"class": "form", "id": key},
            tag("h2", {}, title + (f" · {name}" if name else "")),
            self._totals(checked),
            tag(
                "div",
                {"class": "beside"},
                facsimile_table(checked, key=key, language=self.language),
                self._findings(key, checked),
            ),
        )

    def _totals(self, checked: CheckedForm) -> Element:
        stated, computed = checked.form.stated_total, checked.computed_total
        pairs = [
            ("自报总分", points_text(stated) or "—"),
            ("重算总分", points_text(computed) or "—"),
            ("等级", translate(checked.grade, self.language) if checked.grade else "—"),
            ("规则包", checked.pack.name),
        ]
        parts = [
            tag("div", {}, tag("dt", {}, translate(label, self.language)), tag("dd", {}, value))
            for label, value in pairs
        ]
        return tag("dl", {"class": "totals"}, *parts)

    def _findings(self, key: str, checked: CheckedForm) -> Element:
        if not checked.findings:
            nothing = translate("没有发现问题。", self.language)
            return tag("p", {"class": "nothing"}, f"● {nothing}")
        numbered = enumerate(checked.findings, 1)
        return tag(
            "ol",
            {"class": "findings"},
            *(self._finding(f"{key}-{number}", finding) for number, finding in numbered),
        )

    def _finding(self, key: str, finding: Finding) -> Element:
        language = self.language
        sign = "◆" if finding.certain else "▲"
        name = check_name(finding.code).in_language(language)
        lines = [
            tag("strong", {}, f"{sign} {finding.code} {name}"),
            tag("span", {"class": "nature"}, nature(finding, language)),
            tag("p", {}, say(finding.said, language)),
        ]
        if finding.arithmetic:
            lines.append(tag("p", {"class": "sum"}, finding.arithmetic))
        lines += [
            tag("p", {"class": "advice"}, advice(finding.code, language)),
            tag("p", {"class": "clause"}, self._source(finding)),
        ]
        kind = "certain" if finding.certain else "advisory"
        return tag("li", {"id": key, "class": kind}, *lines)

    def _source(self, finding: Finding) -> str:
        place = place_text(finding.where, self.language)
        clause = clause_text(finding, self.language)
        return " · ".join(part for part in (place, clause) if part)

    def _th(self, label: str) -> Element:
        return tag("th", {"scope": "col"}, translate(label, self.language))
