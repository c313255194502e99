"""The editor's fields for a self-evaluation, and the fields as a self-evaluation again.

Promises can't be typed: where goals are in force, headings, targets and weights are theirs. Points
are a field of their own only where a person says other than what follows, or where words were
promised, for which a person chooses within the band.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from gongzhi.core.goals import Aspect
from gongzhi.core.official import MoneyLine, Sources
from gongzhi.core.scoring.pack import Pack
from gongzhi.core.self_evaluating import EvaluatedIndicator, SelfEvaluation, computed
from gongzhi.core.terms import Said
from gongzhi.papers.figures import WAN, money_text, points_text
from gongzhi.papers.reader.amounts import amount, points

AMOUNTS = ("initial", "adjusted", "paid")
OWN_LINES = 10  # to fill in where nobody promised anything
TEXT_MAX, WORDS_MAX = 5000, 1000
NOT_MONEY = Said("不是以万元计的金额，例如 12.5")
NOT_POINTS = Said("不是分数，例如 9.5")
LEVEL1 = {aspect.level2: aspect.level1 for aspect in Aspect}
OF_LINES = ("level2", "name", "target", "weight", "done", "score", "reason")
Given = Mapping[str, str]


@dataclass(slots=True)
class Fields:
    """What was typed, read field by field; what can't be read is told by field."""

    given: Given
    faults: dict[str, Said] = field(default_factory=dict)

    def text(self, name: str, *, most: int = WORDS_MAX) -> str:
        """A text, without blank ends."""
        typed = self.given.get(name, "").strip()
        if len(typed) > most:
            self.faults[name] = Said("最多 {most} 字", {"most": most})
        return typed[:most]

    def money(self, name: str) -> Decimal | None:
        """Yuan out of 万元."""
        typed = self.given.get(name, "").strip()
        found = amount(typed, unit=WAN) if typed else None
        if typed and found is None:
            self.faults[name] = NOT_MONEY
        return found

    def points(self, name: str) -> Decimal | None:
        """Points; fewer than none and more than a form has are a slip."""
        typed = self.given.get(name, "").strip()
        found = points(typed) if typed else None
        if typed and (found is None or not 0 <= found <= 1000):
            self.faults[name] = NOT_POINTS
            return None
        return found


def fields_of(sheet: SelfEvaluation, *, pack: Pack) -> dict[str, str]:
    """The fields for a sheet; points that follow anyway stay empty."""
    given = {
        f"{name}-{source}": money_text(_amount(line, name), WAN)
        for source, line in sheet.money.named.items()
        for name in AMOUNTS
    }
    without = replace(
        sheet,
        execution_score=None,
        indicators=tuple(replace(line, score=None) for line in sheet.indicators),
    )
    follows = computed(without, pack=pack)
    given["goal"], given["goal_done"] = sheet.goal, sheet.goal_done
    given["score-execution"] = _typed(sheet.execution_score, follows.execution.points)
    for number, (line, earned) in enumerate(zip(sheet.indicators, follows.rows, strict=True)):
        given |= {
            f"level2-{number}": line.level2,
            f"name-{number}": line.name,
            f"target-{number}": line.target,
            f"weight-{number}": points_text(line.weight),
            f"done-{number}": line.done,
            f"score-{number}": _typed(line.score, earned.points),
            f"reason-{number}": line.reason,
        }
    return given


def closed_up(given: Given) -> dict[str, str]:
    """The fields with lines that somebody left empty taken out, so that lines count from 0."""
    rest = {name: text for name, text in given.items() if name.rpartition("-")[0] not in OF_LINES}
    lines = [
        {name: given.get(f"{name}-{number}", "") for name in OF_LINES}
        for number in range(OWN_LINES)
    ]
    written = [line for line in lines if any(text.strip() for text in line.values())]
    for number, line in enumerate(written):
        rest |= {f"{name}-{number}": text for name, text in line.items()}
    return rest


def sheet_of(
    given: Given, *, facts: SelfEvaluation, promised: bool
) -> tuple[SelfEvaluation, Mapping[str, Said]]:
    """The sheet that the fields say, without points that follow; and what can't be read."""
    fields = Fields(given)
    lines = _promised(fields, facts) if promised else tuple(_own(fields))
    sheet = replace(
        facts,
        money=Sources.of(lambda source: _money(fields, source)),
        goal=fields.text("goal", most=TEXT_MAX),
        goal_done=fields.text("goal_done", most=TEXT_MAX),
        execution_score=fields.points("score-execution"),
        indicators=lines,
    )
    return sheet, fields.faults


def on_promises(
    stated: SelfEvaluation, *, facts: SelfEvaluation, promised: bool
) -> tuple[SelfEvaluation, Sequence[str]]:
    """A sheet from elsewhere as the editor takes it: on the lines promised, in their order.

    Names of lines that were never promised are told; who and which project stays as it is known.
    """
    lines, others = stated.indicators, []
    if promised:
        by_heads = {line.heads: line for line in stated.indicators}
        by_name = {line.name: line for line in stated.indicators}
        known = {line.name for line in facts.indicators}
        others = [line.name for line in stated.indicators if line.name not in known]
        lines = tuple(
            _continued(line, by_heads.get(line.heads) or by_name.get(line.name))
            for line in facts.indicators
        )
    sheet = replace(
        facts,
        money=stated.money,
        goal=stated.goal or facts.goal,
        goal_done=stated.goal_done,
        execution_score=stated.execution_score,
        indicators=lines[: max(len(facts.indicators), OWN_LINES)],
    )
    return sheet, others


def _continued(line: EvaluatedIndicator, stated: EvaluatedIndicator | None) -> EvaluatedIndicator:
    if stated is None:
        return replace(line, done="", reason="")
    return replace(line, done=stated.done, score=stated.score, reason=stated.reason)


def _promised(fields: Fields, facts: SelfEvaluation) -> tuple[EvaluatedIndicator, ...]:
    return tuple(
        replace(
            line,
            done=fields.text(f"done-{number}"),
            score=fields.points(f"score-{number}"),
            reason=fields.text(f"reason-{number}"),
        )
        for number, line in enumerate(facts.indicators)
    )


def _own(fields: Fields) -> Iterator[EvaluatedIndicator]:
    """The lines that somebody filled in where nothing was promised."""
    for number in range(OWN_LINES):
        level2 = fields.text(f"level2-{number}")
        line = EvaluatedIndicator(
            level1=LEVEL1.get(level2, ""),
            level2=level2,
            name=fields.text(f"name-{number}"),
            target=fields.text(f"target-{number}"),
            done=fields.text(f"done-{number}"),
            weight=fields.points(f"weight-{number}"),
            score=fields.points(f"score-{number}"),
            reason=fields.text(f"reason-{number}"),
        )
        if line != EvaluatedIndicator():
            yield line


def _money(fields: Fields, source: str) -> MoneyLine:
    return MoneyLine(
        initial=fields.money(f"initial-{source}"),
        adjusted=fields.money(f"adjusted-{source}"),
        paid=fields.money(f"paid-{source}"),
    )


def _amount(line: MoneyLine, name: str) -> Decimal | None:
    return {"initial": line.initial, "adjusted": line.adjusted, "paid": line.paid}[name]


def _typed(stated: Decimal | None, follows: Decimal | None) -> str:
    return "" if stated == follows else points_text(stated)
