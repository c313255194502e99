"""A unit that has something to disclose: approved goals, a published self-evaluation."""

from typing import Any
from uuid import UUID

import city_hall
from apps.cycle import monitored
from city_hall import Unit
from gongzhi.cycle.actions import disclosures
from gongzhi.cycle.actions.watching import watch_projects
from gongzhi.cycle.models import DisclosurePack
from verified import verified

YEAR = monitored.YEAR
REVIEW = "已逐件审查，不涉及国家秘密、商业秘密和个人隐私"
WHY = "补充后来批复的目标"


def promising(*, within: Any, code: str = "1") -> Unit:
    """A unit with goals approved on 20 January 2026, its project known to everybody."""
    unit = city_hall.unit(code, within=within)
    monitored.promise(unit)
    monitored.fund(unit)
    monitored.disclose(unit)
    watch_projects(year=YEAR)
    return unit


def drafted(unit: Unit, *, occasion: str = "budget", because: str = "", year: int = YEAR) -> Any:
    return disclosures.draft_pack(
        by=unit.officer,
        organisation=unit.organisation,
        fiscal_year=year,
        occasion=occasion,
        because=because,
    )


def all_open(pack: DisclosurePack, **more: str) -> dict[UUID, disclosures.Decision]:
    decision = disclosures.Decision(verdict="cleared", **more)
    return {piece.pk: decision for piece in pack.pieces.all()}


def reviewed(unit: Unit, pack: DisclosurePack, decisions: Any = None) -> DisclosurePack:
    return disclosures.review_pack(
        by=unit.reviewer,
        pack=pack,
        decisions=decisions or all_open(pack),
        checked=True,
        review=REVIEW,
    )


def published(unit: Unit, **more: Any) -> DisclosurePack:
    pack = reviewed(unit, drafted(unit, **more))
    return disclosures.publish_pack(by=verified(unit.reviewer_office), pack=pack)
