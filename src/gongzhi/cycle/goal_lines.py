"""The lines of a version of goals as rows, read from what was drafted; and what doesn't fit one."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import count, pairwise

from gongzhi.core.goals import DraftGoal, DraftIndicator
from gongzhi.core.monitoring import Course
from gongzhi.core.monitoring.promising import promised_of
from gongzhi.core.terms import Money, Ratio, Said, SaidValues
from gongzhi.cycle.goal_record import GoalPlan
from gongzhi.cycle.models import GoalIndicator, GoalVersion
from gongzhi.rules.indicators import load_library
from gongzhi.rules.packs import PACKS, load_packs
from gongzhi.rules.packs.folders import USUAL
from gongzhi.rules.packs.monitoring import load_monitoring

LINES_MAX, TEXT_MAX, WORDS_MAX = 200, 5000, 300
MEASURE_MAX, KEY_MAX = 40, 40
BY_MONTH = "by_month"
WEIGHT_MAX = Decimal(1000)
VALUE_MAX = Decimal(10) ** 17  # yuan and pieces beyond it are a slip of the keyboard


def keyed(plan: GoalPlan) -> GoalPlan:
    """The plan with a key of its own for each indicator, so that versions can be compared."""
    taken = {each.key for each in plan.goal.indicators if each.key}
    seen: set[str] = set()
    fresh = (key for key in (f"i{number}" for number in count(1)) if key not in taken)
    lines = []
    for each in plan.goal.indicators:
        key = each.key if each.key and each.key not in seen else next(fresh)
        seen.add(key)
        lines.append(each if key == each.key else replace(each, key=key))
    return replace(plan, goal=replace(plan.goal, indicators=tuple(lines)))


def unfit(plan: GoalPlan) -> Mapping[str, Said]:
    """What can't be kept of a plan, by field; goals may be bad, but not endless."""
    goal = plan.goal
    found: dict[str, Said] = {}
    if not goal.indicators:
        found["indicators"] = Said("至少写一项指标")
    if len(goal.indicators) > LINES_MAX:
        found["indicators"] = Said("指标太多：最多 {most} 项", {"most": LINES_MAX})
    if len(goal.text) > TEXT_MAX:
        found["text"] = _too_long(TEXT_MAX)
    for field, amount in _amounts(goal):
        if amount is not None and not 0 <= amount < VALUE_MAX:
            found[field] = Said("金额不能为负，也不能大得写不下")
    if len(goal.medium.text) > TEXT_MAX:
        found["medium_text"] = _too_long(TEXT_MAX)
    if any(not 0 <= amount < VALUE_MAX for amount in plan.money_by_month):
        found["money_by_month"] = Said("金额不能为负，也不能大得写不下")
    for number, line in enumerate(goal.indicators):
        found |= {f"{field}-{number}": said for field, said in _unfit_line(line)}
        if said := _unfit_months(plan.by_month.get(line.key, ())):
            found[f"{BY_MONTH}-{number}"] = said
    return found


def _amounts(goal: DraftGoal) -> Iterator[tuple[str, Money | None]]:
    """The amounts of a goal by field."""
    yield "budget", goal.budget
    yield "medium_budget", goal.medium.budget
    for before, funds in (("", goal.funds), ("medium_", goal.medium.funds)):
        yield f"{before}fiscal", funds.fiscal
        yield f"{before}carried", funds.carried
        yield f"{before}other", funds.other


def _unfit_months(shares: Sequence[Ratio]) -> Said | None:
    """A plan by month says how much of the target is reached so far, up to all of it."""
    if not shares:
        return None
    if any(later < earlier for earlier, later in pairwise(shares)):
        return Said("分月计划是到月底累计完成的比例，后一个月不能比前一个月少")
    if not (shares[0] >= 0 and shares[-1] <= 1):
        return Said("分月计划在 0 和 100% 之间")
    return None


def _unfit_line(line: DraftIndicator) -> Iterator[tuple[str, Said]]:
    for field, text, most in (
        ("name", line.name, WORDS_MAX),
        ("target", line.target_text, WORDS_MAX),
        ("measure", line.measure, MEASURE_MAX),
        ("medium", line.medium, WORDS_MAX),
        ("key", line.key, KEY_MAX),
    ):
        if len(text) > most:
            yield field, _too_long(most)
    if not line.name.strip():
        yield "name", Said("请写指标名称")
    if line.weight is not None and not 0 <= line.weight <= WEIGHT_MAX:
        yield "weight", Said("分值在 0 和 {most} 之间", {"most": int(WEIGHT_MAX)})


def _too_long(most: int) -> Said:
    values: SaidValues = {"most": most}
    return Said("太长：最多 {most} 字", values)


def lines_of(version: GoalVersion, plan: GoalPlan) -> Iterator[GoalIndicator]:
    """The rows of a version's indicators; targets in words have no value."""
    pack = load_packs()[version.pack if version.pack in PACKS else USUAL]
    kept_under = load_monitoring(pack.name).kept_under
    for position, line in enumerate(plan.goal.indicators):
        promised = promised_of(
            key=line.key,
            name=line.name,
            target_text=line.target_text,
            heading=line.level2,
            lexicon=pack.lexicon,
            kept_under=kept_under,
        )
        less = promised.less_is_better if line.less_is_better is None else line.less_is_better
        yield GoalIndicator(
            version=version,
            position=position,
            key=line.key,
            name=line.name,
            heading=line.level2[:100],
            target=line.target_text,
            value=_kept(promised.target),
            measure=line.measure,
            less_is_better=less,
            course=_course(line, promised.course),
            weight=line.weight,
            by_month=[str(share) for share in plan.by_month.get(line.key, ())],
        )


def _course(line: DraftIndicator, guessed: Course) -> Course:
    """How readings make up a year: as was written, as the library knows it, else as guessed."""
    if line.course is not None:
        return line.course
    entry = load_library().get(line.library)
    return guessed if entry is None else entry.course


def _kept(value: Decimal | None) -> Decimal | None:
    return value if value is not None and abs(value) < VALUE_MAX else None
