"""The report of an evaluation (绩效评价报告): chapters drafted from data, people's words beside.

drafted(facts) -> Drafted           every sentence, table and chart, with the figures by name
filled(text, figures=…)             a person's paragraph with its figures as they are
"""

from collections.abc import Mapping

from gongzhi.core.reporting.blocks import (
    Bar,
    Bars,
    Block,
    Chapter,
    Drafted,
    Paragraph,
    Section,
    Table,
    Words,
)
from gongzhi.core.reporting.drafting import drafted
from gongzhi.core.reporting.facts import GapFact, Heard, ReportFacts, ReportParty, ReportSheet
from gongzhi.core.reporting.placing import filled, unknown_in
from gongzhi.core.terms import Said

TITLES: Mapping[Chapter, Said] = {
    Chapter.BASICS: Said("一、基本情况"),
    Chapter.WORK: Said("二、评价工作开展情况"),
    Chapter.CONCLUSION: Said("三、综合评价情况及评价结论"),
    Chapter.ANALYSIS: Said("四、绩效评价指标分析"),
    Chapter.PROBLEMS: Said("五、主要经验及做法、存在的问题及原因分析"),
    Chapter.ADVICE: Said("六、有关建议"),
    Chapter.OTHER: Said("七、其他需要说明的问题"),
    Chapter.ANNEX: Said("附件：异议和答复、工作底稿"),
}

__all__ = [
    "TITLES",
    "Bar",
    "Bars",
    "Block",
    "Chapter",
    "Drafted",
    "GapFact",
    "Heard",
    "Paragraph",
    "ReportFacts",
    "ReportParty",
    "ReportSheet",
    "Section",
    "Table",
    "Words",
    "drafted",
    "filled",
    "unknown_in",
]
