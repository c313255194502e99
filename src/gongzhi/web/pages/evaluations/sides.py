"""A panel as pages show it: the parties side by side, line by line, and how the one score came."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse

from gongzhi.core.scoring.panel import Judged, KindScore
from gongzhi.core.scoring.points import hundredths
from gongzhi.core.terms import Said, Text
from gongzhi.cycle.judged import SELF, WHOLE_SELF
from gongzhi.cycle.models import Evaluation
from gongzhi.cycle.panels import Panel
from gongzhi.rules.packs.evaluation import load_evaluation
from gongzhi.web.pages.evaluations.gaps import shown_gaps
from gongzhi.web.pages.evaluations.seen import kind_name


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A party of the panel: who, as what, with which total."""

    evaluation: Evaluation | None
    name: str
    kind: Text
    judged: Judged | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A line of the frame with the points that each party gave, in the order of the parties.

    points come with the address of the line in that party's sheet.
    """

    name: Text
    level1: Text
    weight: Decimal
    points: tuple[tuple[Decimal | None, str], ...]
    apart: Decimal | None
    gap: Said | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What a kind adds to the one score."""

    name: Text
    count: int
    mean: Decimal
    published: Decimal
    weight: Decimal
    part: Decimal
    without: Decimal | None


def shown_panel(panel: Panel) -> dict[str, Any]:
    """All that a page of a panel shows of it."""
    parties = list(_parties(panel))
    return {
        "panel": panel,
        "parties": parties,
        "sides": list(_sides(panel, [each for each in parties if each.evaluation])),
        "shares": list(_shares(panel)),
        "gaps": list(shown_gaps(panel)),
    }


def _parties(panel: Panel) -> Iterator[Party]:
    """The unit itself first, then everybody who evaluates."""
    own, whole = panel.self_evaluation, panel.whole_self
    if own is not None or whole is not None:
        kind = load_evaluation(panel.pack).kind(SELF if own else WHOLE_SELF)
        yield Party(
            evaluation=None,
            name=own.project.unit.name if own else whole.organisation.name if whole else "",
            kind=kind.name if kind else Text(zh="单位自评", en="Self-evaluation"),
            judged=panel.self_judged,
        )
    judged = {each.evaluation.pk: each.judged for each in panel.sheets}
    for row in panel.evaluations:
        yield Party(
            evaluation=row,
            name=row.evaluator.name,
            kind=kind_name(row),
            judged=judged.get(row.pk),
        )


def _sides(panel: Panel, parties: list[Party]) -> Iterator[Side]:
    """The lines with everybody's points; the unit's own form has other lines."""
    if panel.frame is None or not panel.sheets:
        return
    gaps = {gap.line: gap.said for gap in panel.score.gaps} if panel.score else {}
    for line in panel.frame.lines:
        points = tuple(
            (
                each.judged.points.get(line.code) if each.judged else None,
                _sheet_of(each, line.code),
            )
            for each in parties
        )
        known = [given for given, _address in points if given is not None]
        yield Side(
            name=line.name,
            level1=line.level1,
            weight=line.weight,
            points=points,
            apart=max(known) - min(known) if len(known) > 1 else None,
            gap=gaps.get(line.code),
        )


def _sheet_of(party: Party, line: str) -> str:
    """Where a line of a party's sheet stands."""
    assert party.evaluation is not None, "only parties with a sheet stand in the lines"
    return f"{reverse('evaluation', args=[party.evaluation.pk])}#line-{line}"


def _shares(panel: Panel) -> Iterator[Share]:
    """How the one score came about, kind by kind."""
    if panel.score is None:
        return
    rules = load_evaluation(panel.pack)
    for each in panel.score.kinds:
        kind = rules.kind(each.kind)
        yield Share(
            name=kind.name if kind else Text(zh=each.kind, en=each.kind),
            count=each.count,
            mean=hundredths(each.mean),
            published=each.published * 100,
            weight=hundredths(each.weight * 100),
            part=_part(each),
            without=panel.score.without.get(each.kind),
        )


def _part(each: KindScore) -> Decimal:
    return hundredths(each.part)
