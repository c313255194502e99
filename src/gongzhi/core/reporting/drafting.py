"""The chapters of a report as the data have them: no sentence without a fact behind it.

What isn't known is said to be unknown; nothing is rounded but where it is shown.
"""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from gongzhi.core.indicators.reach import plain
from gongzhi.core.reporting.analysing import analysis, by_heading, experience, weak_lines
from gongzhi.core.reporting.blocks import Block, Chapter, Drafted, Paragraph, Section, Table
from gongzhi.core.reporting.facts import ReportFacts
from gongzhi.core.scoring.execution import rate_of_arrival, rate_of_receipts
from gongzhi.core.scoring.points import hundredths
from gongzhi.core.terms import Money, Said, SaidValues, Text

WAN = Decimal(10_000)
WHOLE = Said("总分")


def drafted(facts: ReportFacts) -> Drafted:
    """Every chapter, and the figures that people's own words may name."""
    chapters = {
        Chapter.BASICS: _basics(facts),
        Chapter.WORK: _work(facts),
        Chapter.CONCLUSION: _conclusion(facts),
        Chapter.ANALYSIS: analysis(facts),
        Chapter.PROBLEMS: _problems(facts),
        Chapter.ADVICE: _advice(facts),
        Chapter.OTHER: _other(facts),
        Chapter.ANNEX: _annex(facts),
    }
    return Drafted(
        sections=tuple(
            Section(chapter=chapter, blocks=tuple(blocks)) for chapter, blocks in chapters.items()
        ),
        figures=dict(_figures(facts)),
    )


def _figures(facts: ReportFacts) -> Iterator[tuple[str, str]]:
    """The figures by the names that people write in braces; what isn't known isn't there."""
    totals = [each.total for each in facts.parties if each.total is not None]
    named = {
        "综合得分": facts.score,
        "自评得分": facts.self_total,
        "最高分": max(totals, default=None),
        "最低分": min(totals, default=None),
    }
    yield from ((name, plain(value)) for name, value in named.items() if value is not None)
    for name, amount in _amounts(facts):
        if amount is not None:
            yield name, f"{plain(amount / WAN)}万元"
    if (rate := _execution(facts)) is not None:
        yield "预算执行率", f"{plain(rate)}%"
    if facts.grade:
        yield "等级", facts.grade
    yield "评价方数", str(len(facts.parties))
    yield "年度", str(facts.year)


def _amounts(facts: ReportFacts) -> tuple[tuple[str, Money | None], ...]:
    money = facts.money
    return (
        ("预算数", money.budget),
        ("到位数", money.received),
        ("支出数", money.executed),
    )


def _execution(facts: ReportFacts) -> Decimal | None:
    """Spent ÷ received in per cent, as a full evaluation has it."""
    money = facts.money
    found = rate_of_receipts(executed=money.executed, received=money.received)
    return None if found is None else found.percent


def _basics(facts: ReportFacts) -> Iterator[Block]:
    who: SaidValues = {"project": facts.project, "code": facts.code, "unit": facts.unit}
    yield Paragraph(
        said=(
            Said("{project}（项目代码 {code}）由{unit}实施。", who),
            *(
                [Said("主管部门是{department}。", {"department": facts.department})]
                if facts.department
                else []
            ),
        )
    )
    yield Paragraph(said=tuple(_of_money(facts)))
    if facts.goal:
        yield Paragraph(said=(Said("年度总体目标：{goal}", {"goal": facts.goal}),))
    form = facts.money.form
    if form is not None and form.indicators:
        yield Table(
            caption=Said("绩效目标和单位自评的完成情况"),
            heads=(
                Said("指标"),
                Said("年度指标值"),
                Said("实际完成值"),
                Said("分值"),
                Said("自评得分"),
            ),
            rows=tuple(
                (
                    row.level3 or row.level2 or "—",
                    row.target_text or "—",
                    row.actual_text or "—",
                    _shown(row.weight),
                    _shown(row.score),
                )
                for row in form.indicators
            ),
            widths=(5, 3, 3, 1, 2),
            figures=frozenset({3, 4}),
        )


def _of_money(facts: ReportFacts) -> Iterator[Said]:
    for name, amount in _amounts(facts):
        if amount is None:
            yield Said("{year} 年{what}不详。", {"year": facts.year, "what": Said(name)})
        else:
            told: SaidValues = {"year": facts.year, "what": Said(name), "amount": amount / WAN}
            yield Said("{year} 年{what} {amount} 万元。", told)
    arrived = rate_of_arrival(received=facts.money.received, budget=facts.money.budget)
    if arrived is not None:
        yield Said("资金到位率 {rate}%。", {"rate": arrived.percent})
    if (rate := _execution(facts)) is not None:
        yield Said("预算执行率（支出÷到位资金）{rate}%。", {"rate": rate})


def _work(facts: ReportFacts) -> Iterator[Block]:
    if not facts.parties:
        yield Paragraph(said=(Said("还没有哪一方评价。"),))
        return
    yield Paragraph(
        said=(Said("共 {count} 方评价。", {"count": len(facts.parties)}), *_waiting(facts))
    )
    yield Table(
        caption=Said("谁评价，为什么"),
        heads=(
            Said("评价的一方"),
            Said("类别"),
            Said("委托的一方"),
            Said("选定的理由"),
            Said("状态"),
        ),
        rows=tuple(
            (
                each.name,
                each.kind,
                each.commissioner or Said("自行开展"),
                each.because or "—",
                each.stage,
            )
            for each in facts.parties
        ),
        widths=(4, 3, 3, 5, 2),
    )
    frame = facts.frame
    if frame is not None:
        yield Paragraph(said=tuple(_of_frame(facts)))
    declared = [(each.name, name, text) for each in facts.parties for name, text in each.declared]
    if declared:
        yield Table(
            caption=Said("各方怎样评价"),
            heads=(Said("评价的一方"), Said("说明"), Said("内容")),
            rows=tuple(declared),
            widths=(4, 3, 10),
        )


def _waiting(facts: ReportFacts) -> Iterator[Said]:
    if facts.awaited:
        yield Said("还有 {count} 方没有提交，本报告没有计入。", {"count": facts.awaited})


def _of_frame(facts: ReportFacts) -> Iterator[Said]:
    frame = facts.frame
    assert frame is not None, "asked for where there is one"
    values: SaidValues = {"frame": frame.title, "count": len(frame.lines), "full": frame.full}
    yield Said("采用《{frame}》，共 {count} 项指标，满分 {full} 分。", values)
    names = {line.level1.zh: line.level1 for line in frame.lines}
    for heading, weight in frame.weights_by_level1().items():
        yield Said("{heading} {weight} 分。", {"heading": names[heading], "weight": weight})
    source = Text(zh=frame.source.zh.rstrip("。"), en=frame.source.en.rstrip("."))
    yield Said("来源：{source}。", {"source": source})
    if not frame.verified:
        yield Said("这套指标体系没有与正式文件核对。")


def _conclusion(facts: ReportFacts) -> Iterator[Block]:
    if facts.score is None:
        yield Paragraph(said=(Said("还没有得分，不作结论。"),))
        return
    said = [Said("综合得分 {score} 分，等级为{grade}。",
                 {"score": facts.score, "grade": Said(facts.grade)})]  # fmt: skip
    if facts.self_total is not None:
        apart = facts.score - facts.self_total
        values: SaidValues = {"own": facts.self_total, "apart": abs(apart)}
        said.append(
            Said("单位自评 {own} 分，综合得分高 {apart} 分。", values)
            if apart > 0
            else Said("单位自评 {own} 分，综合得分低 {apart} 分。", values)
            if apart < 0
            else Said("与单位自评相同。")
        )
    yield Paragraph(said=tuple(said))
    yield from by_heading(facts)
    if facts.panel is not None:
        yield from _of_panel(facts)


def _of_panel(facts: ReportFacts) -> Iterator[Block]:
    """How the one score came about, and how far the parties agree."""
    panel = facts.panel
    assert panel is not None, "asked for where there is one"
    if panel.kinds:
        yield Table(
            caption=Said("综合得分怎样得出"),
            heads=(
                Said("类别"), Said("份数"), Said("平均分"), Said("公布的权重"),
                Said("分摊缺席各方后的权重"), Said("计入"), Said("没有这一类时"),
            ),
            rows=tuple(
                (
                    facts.kinds.get(each.kind, each.kind),
                    str(each.count),
                    _shown(hundredths(each.mean)),
                    _percent(Fraction(each.published)),
                    _percent(each.weight),
                    _shown(hundredths(each.part)),
                    _shown(panel.without.get(each.kind)),
                )
                for each in panel.kinds
            ),
            widths=(4, 2, 2, 2, 3, 2, 3),
            figures=frozenset(range(1, 7)),
        )  # fmt: skip
        yield Paragraph(said=(Said("算式：{sum}", {"sum": panel.arithmetic or ""}),))
    yield Paragraph(said=(Said("各方是否一致："), panel.order.said))
    if panel.figures.said != panel.order.said:
        yield Paragraph(said=(panel.figures.said,))
    yield from _gaps(facts)


def _gaps(facts: ReportFacts) -> Iterator[Block]:
    if not facts.gaps:
        return
    open_ones = sum(not each.explained for each in facts.gaps)
    said = Said("{count} 处差距超过规则的界线，都已说明。", {"count": len(facts.gaps)})
    if open_ones:
        values = {"count": len(facts.gaps), "open": open_ones}
        said = Said(
            "{count} 处差距超过规则的界线，{open} 处还没有说明，说明以前综合得分不作数。", values
        )
    yield Paragraph(said=(said,))
    yield Table(
        caption=Said("差距和说明"),
        heads=(Said("指标"), Said("差距"), Said("说明")),
        rows=tuple((each.line or WHOLE, each.said, each.explained or "—") for each in facts.gaps),
        widths=(3, 5, 6),
    )


def _problems(facts: ReportFacts) -> Iterator[Block]:
    yield from experience(facts)
    weak = weak_lines(facts)
    if weak:
        yield Table(
            caption=Said("得分不到分值六成的指标和扣分理由"),
            heads=(Said("指标"), Said("分值"), Said("平均得分"), Said("扣分理由")),
            rows=tuple(
                (each.line.name, _shown(each.line.weight), _shown(each.mean), each.reasons or "—")
                for each in weak
            ),
            widths=(4, 1, 2, 8),
            figures=frozenset({1, 2}),
        )
    elif facts.sheets:
        yield Paragraph(said=(Said("没有哪一项指标的平均得分不到分值的六成。"),))
    if facts.self_explained:
        values = {"count": facts.self_explained}
        said = Said("自评表有 {count} 处与事实不一致，单位写明了理由。", values)
        yield Paragraph(said=(said,))


def _advice(facts: ReportFacts) -> Iterator[Block]:
    weak = weak_lines(facts)
    if weak:
        said = Said(
            "对得分不到六成的 {count} 项指标逐项整改：收到结果后十五个工作日内提出方案，"
            "六十个工作日内报告结果并附证明（《协同治理工作规则》4.16）。",
            {"count": len(weak)},
        )
        yield Paragraph(said=(said,))
    if facts.grade:
        said = Said(
            "本次评价的等级为{grade}，作为安排以后年度预算的依据（《协同治理工作规则》4.17）。",
            {"grade": Said(facts.grade)},
        )
        yield Paragraph(said=(said,))


def _other(facts: ReportFacts) -> Iterator[Block]:
    said = list(_waiting(facts))
    if facts.pack is not None:
        said.append(Said("按“{pack}”计分。", {"pack": facts.pack}))
    said += [
        Said(
            "{year} 年{what}没有数据，有关指标没有计算值。",
            {"year": facts.year, "what": Said(name)},
        )
        for name, amount in _amounts(facts)
        if amount is None
    ]
    if facts.money.form is None:
        said.append(Said("单位没有公开这一年的自评表。"))
    if said:
        yield Paragraph(said=tuple(said))


def _annex(facts: ReportFacts) -> Iterator[Block]:
    if facts.heard:
        yield Table(
            caption=Said("异议和答复"),
            heads=(Said("评价的一方"), Said("指标"), Said("异议"), Said("处理"), Said("答复")),
            rows=tuple(
                (
                    each.evaluator,
                    each.line or WHOLE,
                    each.text,
                    each.outcome or Said("待答复"),
                    each.answer or "—",
                )
                for each in facts.heard
            ),
            widths=(3, 2, 5, 2, 5),
        )
    else:
        yield Paragraph(said=(Said("被评价单位没有提出异议。"),))
    papers = [
        (sheet.evaluator, line.name, str(count))
        for sheet in facts.sheets
        for line in sheet.frame.lines
        if (count := sheet.papers.get(line.code, 0))
    ]
    if papers:
        yield Table(
            caption=Said("工作底稿"),
            heads=(Said("评价的一方"), Said("指标"), Said("份数")),
            rows=tuple(papers),
            widths=(5, 5, 2),
            figures=frozenset({2}),
        )


def _shown(points: Decimal | None) -> str:
    return "—" if points is None else plain(points)


def _percent(share: Fraction) -> str:
    return f"{plain(hundredths(share * 100))}%"
