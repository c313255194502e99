"""A negotiation as one page that needs nothing else and prints well: steps, pictures, tables."""

from collections.abc import Sequence
from pathlib import Path

from gongzhi.core.balance.negotiating import Negotiated, Proposal, Step, grid, shown, spans, steps
from gongzhi.core.balance.negotiating.amounts import percent
from gongzhi.core.balance.negotiating.telling_proposals import beside, otherwise
from gongzhi.core.terms import Problem, Said
from gongzhi.papers.markup import Element, page, tag
from gongzhi.papers.negotiation_pictures import gains_svg, span_cells, spans_svg
from gongzhi.papers.places import place_text
from gongzhi.words import say, translate

STYLE = Path(__file__).with_name("negotiation.css")
# the page may fetch nothing, run nothing and send nothing
POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
PICTURED = {1: "conflict", 2: "weights", 4: "proposals"}
KEPT_BACK = Said("不低于底线（底线不公开）")


def negotiation_html(
    negotiated: Negotiated,
    problems: Sequence[Problem] = (),
    *,
    limits_shown: bool = False,
    language: str,
) -> bytes:
    """The page; what residents gain over their limits is kept back unless it is asked for."""
    writing = _Writing(negotiated, limits_shown=limits_shown, language=language)
    title = f"{translate('利益协商', language)} · {negotiated.case.name}"
    body = [tag("h1", {}, title), tag("p", {"class": "lead"}, writing.lead())]
    if problems:
        body.append(writing.problems(problems))
    body += [writing.step(each) for each in steps(negotiated, limits_shown=limits_shown)]
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

    def __init__(self, negotiated: Negotiated, *, limits_shown: bool, language: str) -> None:
        self.negotiated = negotiated
        self.limits_shown = limits_shown
        self.language = language

    def lead(self) -> str:
        """How many sit at the table, about what."""
        told: dict[str, str | int] = {
            "sides": len(self.negotiated.case.sides),
            "options": len(self.negotiated.table.stated.options),
        }
        return self._say(Said("{sides} 方，{options} 个方案；每一步都从上一步来。", {**told}))

    def problems(self, problems: Sequence[Problem]) -> Element:
        """What in the file couldn't be used."""
        lines = [
            tag(
                "li",
                {},
                f"{place_text(each.where, self.language)} {self._say(each.what)} — "
                f"{self._say(each.hint)}".lstrip(),
            )
            for each in problems
        ]
        head = tag("h2", {}, self._word("没有采用的内容"))
        return tag("section", {"class": "problems"}, head, tag("ul", {}, *lines))

    def step(self, step: Step) -> Element:
        """A step: its sentences, and its picture with a table."""
        title = f"{step.number} {self._say(step.title)}" if step.number else self._say(step.title)
        lines = [tag("li", {}, self._say(each)) for each in step.sentences]
        parts = [tag("h2", {}, title)]
        name = PICTURED.get(step.number)
        if name == "proposals" and self.negotiated.proposals:
            parts.append(self._proposals())
            parts += [tag("p", {}, self._say(each)) for each in beside(self.negotiated)]
        elif lines:
            parts.append(tag("ul", {}, *lines))
        if name == "conflict":
            parts += self._conflict()
        elif name == "weights":
            parts += self._weights()
        return tag("section", {}, *parts)

    def _conflict(self) -> list[Element]:
        found = grid(self.negotiated)
        if found is None:
            return []
        heads = [self._th(""), *(tag("th", {"scope": "col"}, name) for name in found.options)]
        rows = []
        for side, cells in zip(found.sides, found.rows, strict=True):
            row = [tag("th", {"scope": "row"}, side)]
            for cell in cells:
                sign = "✓" if cell.acceptable else "✗"
                name = "yes" if cell.acceptable else "no"
                mark = tag("span", {"class": name}, f"{sign} {float(cell.rank):g}")
                worth = tag("span", {"class": "small"}, self._say(cell.worth))
                row.append(tag("td", {}, mark, " ", worth))
            rows.append(tag("tr", {}, *row))
        shares = [tag("td", {"class": "figure"}, percent(each)) for each in found.acceptable]
        accepted = tag("th", {"scope": "row"}, self._word("可以接受的方"))
        rows.append(tag("tr", {}, accepted, *shares))
        caption = self._word("✓ 可以接受，✗ 不可以；数字是这一方的排序，1 为首选；后面是写的价值")
        return [self._table(caption, heads, rows)]

    def _weights(self) -> list[Element]:
        found = spans(self.negotiated)
        if not found:
            return []
        label = self._word("权重怎么变首选都不变的范围：粗线；竖线是现在的权重")
        names = ("协商的一方", "看重的方面", "现在的权重", "首选不变", "整个排序不变")
        heads = [self._th(name) for name in names]
        rows = [
            tag("tr", {}, *(tag("td", {}, cell) for cell in span_cells(span, self.language)))
            for span in found
        ]
        picture = tag("div", {"class": "scroll"}, spans_svg(found, label=label))
        return [picture, self._table(label, heads, rows)]

    def _proposals(self) -> Element:
        return tag("div", {"class": "beside"}, *map(self._proposal, self.negotiated.proposals))

    def _proposal(self, proposal: Proposal) -> Element:
        found = shown(self.negotiated, proposal, limits_shown=self.limits_shown)
        label = self._word("实心条：比底线多得；虚线框：付出；实线框：收到")
        heads = [self._th(name) for name in ("协商的一方", "收付", "比底线多得")]
        rows = []
        for bar in found.bars:
            gain = KEPT_BACK if bar.gain is None else bar.gain
            rows.append(
                tag(
                    "tr",
                    {},
                    tag("th", {"scope": "row"}, bar.side),
                    tag("td", {"class": "figure"}, self._say(bar.paid)),
                    tag("td", {"class": "figure"}, self._say(gain)),
                )
            )
        total = [] if found.total is None else [self._total(found.total)]
        return tag(
            "div",
            {"class": "proposal"},
            tag("h3", {}, f"{self._say(found.rule)}: {found.option}"),
            *total,
            *(tag("p", {}, self._say(each)) for each in found.transfers),
            tag("div", {"class": "scroll"}, gains_svg(found, label=label)),
            self._table(label, heads, rows),
            *(tag("p", {}, self._say(each)) for each in otherwise(self.negotiated.table, proposal)),
        )

    def _total(self, total: Said) -> Element:
        return tag("p", {}, self._say(Said("以钱计的价值合计 {total}", {"total": total})))

    def _table(self, caption: str, heads: Sequence[Element], rows: Sequence[Element]) -> Element:
        table = tag(
            "table",
            {},
            tag("caption", {}, caption),
            tag("thead", {}, tag("tr", {}, *heads)),
            tag("tbody", {}, *rows),
        )
        return tag("div", {"class": "scroll"}, table)

    def _th(self, label: str) -> Element:
        return tag("th", {"scope": "col"}, self._word(label))

    def _say(self, said: Said) -> str:
        return say(said, self.language)

    def _word(self, text: str) -> str:
        return translate(text, self.language)
