"""A project told to whoever lands on its page: in a paragraph, drawings and lines."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.urls import reverse

from gongzhi.core.charter import Member
from gongzhi.core.goals import Cost, cost_per_beneficiary
from gongzhi.core.telling import Promise, counted, counts_said, standing, told
from gongzhi.core.terms import Said
from gongzhi.cycle.models import Project, Watched
from gongzhi.parties.business_date import business_date
from gongzhi.rules.indicators import load_classes
from gongzhi.trust.seals import Seal, seals_of
from gongzhi.web.frame import reader_language
from gongzhi.web.pages.evaluations.seen import kind_name
from gongzhi.web.pages.monitoring.drawing import drawn
from gongzhi.web.pages.monitoring.seen import (
    forecasts_of,
    months_of,
    percent_or_dash,
    sentences_of,
    spoken,
    watching_deed,
)
from gongzhi.web.pages.projects.bars import Stands, bar, stands
from gongzhi.web.pages.projects.gathered import Gathered, PromiseLine
from gongzhi.web.pages.projects.timeline import happened
from gongzhi.web.seals import leaves_on
from gongzhi.web.shown import Bar
from gongzhi.words import say

GOAL_DEEDS = ("approve_goals", "approve_budget")


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPromise:
    """A promise with its standing and its bar."""

    key: str
    heading: str
    promise: Promise
    stands: Stands
    share: str
    bar: Bar | None


def told_of(project: Project, *, member: Member) -> Mapping[str, Any]:
    """What the page tells of a project, as far as its reader may know it."""
    known = Gathered(project, member=member, today=business_date())
    story = known.story()
    goal = known.plan.goal if known.plan else None
    return {
        "known": known,
        "paragraph": in_one(told(story)),
        "story": story,
        "promises": [_shown(line, is_over=story.is_over) for line in known.promises],
        "counts": _counts(known, is_over=story.is_over),
        "costs": _costs(known),
        "goal": goal,
        "functional": functional_name(known.profile.functional if known.profile else ""),
        "judged": [(each, kind_name(each.evaluation)) for each in known.judged],
        "events": happened(known),
        **_seals(known, member=member),
        **(_drawn(known) if known.watched else {}),
    }


def in_one(sentences: Iterable[Said]) -> str:
    """The sentences as one text; Latin ones with a space between them."""
    language = reader_language()
    return ("" if language == "zh" else " ").join(say(each, language) for each in sentences)


def _shown(line: PromiseLine, *, is_over: bool) -> ShownPromise:
    promise = line.promise
    return ShownPromise(
        key=line.key,
        heading=line.heading,
        promise=promise,
        stands=stands(standing(promise, is_over=is_over)),
        share=percent_or_dash(promise.reached),
        bar=bar("goals", promise.reached, due=promise.due),
    )


def _counts(known: Gathered, *, is_over: bool) -> list[str]:
    if not known.promises:
        return []
    counts = counted(standing(line.promise, is_over=is_over) for line in known.promises)
    return spoken(counts_said(counts))


def _costs(known: Gathered) -> tuple[Cost, ...]:
    """What one of each group costs by the year's budget, with the sum."""
    if known.plan is None or known.watched is None:
        return ()
    return cost_per_beneficiary(replace(known.plan.goal, budget=known.watched.budget))


def functional_name(code: str) -> str:
    """The functional class that a code of three to seven digits lies in, by name."""
    found = load_classes().get(code[:3])
    return found.name.in_language(reader_language()) if found else ""


def due_of(row: Watched) -> Decimal | None:
    """What should be reached by what was read, as it was kept with the curves."""
    kept = row.curves.get("due")
    return None if kept is None else Decimal(kept)


def _seals(known: Gathered, *, member: Member) -> Mapping[str, Seal | None]:
    """The seals of its goals and of the deed that watched it, asked together."""
    row, goals = known.watched, [known.version] if known.version else []
    watching = watching_deed(member, year=row.fiscal_year, on=row.on) if row else None
    leaves = {
        "goal_seal": next(iter(leaves_on(goals, verbs=GOAL_DEEDS).values()), None),
        "seal": watching.leaf if watching else None,
    }
    found = seals_of([leaf for leaf in leaves.values() if leaf])
    return {name: found[leaf] if leaf else None for name, leaf in leaves.items()}


def _drawn(known: Gathered) -> Mapping[str, Any]:
    row, curves = known.watched, known.curves
    assert row is not None and curves is not None, "asked of what was watched"  # noqa: PT018
    money, goals = forecasts_of(row)
    payments = f"{reverse('project-payments', args=[known.project.pk])}?year={row.fiscal_year}"
    at = curves.ended - 1
    return {
        "row": row,
        "drawing": drawn(curves, name="curves", today=row.on, money=money, goals=goals),
        "sentences": sentences_of(curves),
        "table": months_of(row),
        "payments": payments,
        "share": percent_or_dash(row.money_now),
        "money_bar": bar(
            "money", row.money_now, due=curves.money_planned[at] if curves.ended else None
        ),
        "goals_share": percent_or_dash(row.goals_now),
        "goals_bar": bar("goals", row.goals_now, due=due_of(row)),
    }
