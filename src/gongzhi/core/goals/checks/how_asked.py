"""满意度没有写怎么问: satisfaction is promised, without whom, how many, by which instrument."""

import re
from collections.abc import Iterator

from gongzhi.core.audit.case import Fault
from gongzhi.core.audit.figures import listed
from gongzhi.core.goals.case import GoalCase, GoalCheck, Line
from gongzhi.core.goals.drafts import Asked
from gongzhi.core.goals.rules import GoalRule
from gongzhi.core.indicators.canonical import canonical, says_nothing
from gongzhi.core.terms import Said

# A name that tells nobody: satisfaction of whoever is served.
NOBODY = re.compile(r"(?:社会公众|服务对象|受益对象|受益群体|社会)?满意[度率]?(?:指标)?")


def find(case: GoalCase, rule: GoalRule) -> Iterator[Fault]:
    """What neither its own fields nor the line's texts tell."""
    for line in case.lines:
        missing = list(_missing(line, rule)) if line.asks_people else []
        if missing:
            values = {"name": line.name, "missing": listed(missing)}
            said = Said("“{name}”没有写：{missing}", {**values})
            yield Fault(where=line.where, said=said)


def _missing(line: Line, rule: GoalRule) -> Iterator[Said]:
    draft, asked = line.draft, line.draft.asked or Asked()
    texts = (draft.name, draft.target, draft.standard, draft.source, draft.evidence)
    told = canonical("".join(texts)[: int(rule.numbers["letters"])])
    if says_nothing(asked.who) and NOBODY.fullmatch(canonical(draft.name)):
        yield Said("问谁")
    if not asked.how_many and not rule.patterns["count"].search(told):
        yield Said("问多少人")
    if says_nothing(asked.instrument) and not rule.patterns["instrument"].search(told):
        yield Said("用什么方式问")


CHECK = GoalCheck(
    code="how_asked",
    field="asked",
    find=find,
    numbers=("letters",),
    patterns=("count", "instrument"),
)
