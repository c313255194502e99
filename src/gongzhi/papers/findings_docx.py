"""A unit's findings as an official letter: what is printed, the sum, what to do, the reply."""

from collections.abc import Sequence

from gongzhi.core.audit import CheckedForm
from gongzhi.core.terms import Finding, Said
from gongzhi.papers.advice import advice
from gongzhi.papers.figures import points_text
from gongzhi.papers.findings_xlsx import nature
from gongzhi.papers.layouts import title_of
from gongzhi.papers.official_paper import OfficialPaper
from gongzhi.papers.places import place_text
from gongzhi.papers.printed import printed
from gongzhi.rules.checks import check_name
from gongzhi.words import say, translate

HEADS = ("序号", "所在位置", "表上所填", "问题和算式", "怎么办", "单位答复")
WIDTHS = (1.2, 2.6, 3.0, 4.4, 3.0, 2.2)
CLOSING = (
    "“算术不符”由表上所填数字复算得出；“待核实”需要你单位核对。"
    "请逐条核对：应改的，改正后重新报送；填报无误的，在“单位答复”栏说明理由。"
)


def findings_docx(forms: Sequence[CheckedForm], *, unit: str, language: str) -> bytes:
    """The letter about a unit's forms; without a unit it is addressed to nobody."""
    paper = OfficialPaper(title=translate("绩效表修改意见", language))
    if unit:
        paper.addressee(say(Said("{unit}：", {"unit": unit}), language))
    paper.paragraph(say(_opening(forms), language))
    for number, checked in enumerate(forms, 1):
        paper.heading(f"{number}. {_name(checked, language)}")
        paper.paragraph(say(_totals(checked), language))
        if checked.findings:
            paper.table(
                heads=[translate(head, language) for head in HEADS],
                rows=[
                    _row(number, finding, checked, language)
                    for number, finding in enumerate(certain_first(checked.findings), 1)
                ],
                widths=WIDTHS,
            )
    paper.paragraph(translate(CLOSING, language))
    paper.signature([translate("（印章）", language), translate("　　年　　月　　日", language)])
    return paper.content()


def certain_first(findings: Sequence[Finding]) -> list[Finding]:
    """What the figures prove before what asks for a look; otherwise in the order of the rules."""
    return sorted(findings, key=lambda finding: not finding.certain)


def _opening(forms: Sequence[CheckedForm]) -> Said:
    findings = [finding for checked in forms for finding in checked.findings]
    certain = sum(finding.certain for finding in findings)
    counts = {"forms": len(forms), "certain": certain, "advisory": len(findings) - certain}
    return Said(
        "经检查你单位报送的 {forms} 张绩效表，发现算术不符 {certain} 处，待核实 {advisory} 处，"
        "列表如下。",
        counts,
    )


def _name(checked: CheckedForm, language: str) -> str:
    title = title_of(checked.form, language=language)
    name = checked.form.project or checked.form.department
    return f"{title}（{name}）" if name else title


def _totals(checked: CheckedForm) -> Said:
    if checked.form.stated_total is None or checked.computed_total is None:
        return Said("规则包：{pack}。", {"pack": checked.pack.name})
    return Said(
        "自报总分 {stated} 分，按规则包 {pack} 重算 {computed} 分。",
        {
            "stated": points_text(checked.form.stated_total),
            "pack": checked.pack.name,
            "computed": points_text(checked.computed_total),
        },
    )


def _row(number: int, finding: Finding, checked: CheckedForm, language: str) -> Sequence[str]:
    name = check_name(finding.code).in_language(language)
    about = [f"{finding.code} {name}（{nature(finding, language)}）", say(finding.said, language)]
    if finding.arithmetic:
        about.append(finding.arithmetic)
    return (
        str(number),
        place_text(finding.where, language),
        printed(finding, checked.form, language),
        "\n".join(about),
        advice(finding.code, language),
        "",
    )
