"""From a panel's rows to the published draw and back: the file, its chances, who comes next."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import QuerySet

from gongzhi.core.participating.sortition.asking import Volunteer, groups_of
from gongzhi.core.participating.sortition.drawing import successor
from gongzhi.core.participating.sortition.feasible import contradiction
from gongzhi.core.participating.sortition.leximin import Patience
from gongzhi.core.participating.sortition.lottery import fairest_lottery
from gongzhi.core.participating.sortition.published import (
    Published,
    before_the_draw,
    read,
    written,
)
from gongzhi.core.sealed import Sealable
from gongzhi.core.terms import Said
from gongzhi.cycle.draw_seeds import seed_after
from gongzhi.forum.models import Panel, PanelLottery, PanelVolunteer
from gongzhi.trust.covering import Covering


def pool_of(panel: Panel) -> tuple[Volunteer, ...]:
    """Everybody in the pool, by their codes."""
    rows = panel.volunteers.in_pool().order_by("code")
    return tuple(each.as_volunteer() for each in rows)


def why_not_drawable(panel: Panel, pool: Sequence[Volunteer]) -> tuple[Said, ...]:
    """Why no panel can be drawn from a pool, and what giving way would mean; nothing if it can."""
    sought = panel.sought()
    found = contradiction(groups_of(pool, sought=sought), sought=sought)
    if found is None:
        return ()
    return (found.said(size=sought.size), *found.ways_out())


def to_publish(
    panel: Panel, pool: Sequence[Volunteer], *, patience: Patience | None = None
) -> Published:
    """What is published once the pool is closed: with the fairest lottery."""
    sought = panel.sought()
    return Published(
        thing=panel.thing().name,
        sought=sought,
        volunteers=tuple(pool),
        lottery=fairest_lottery(pool, sought=sought, patience=patience),
    )


def published_of(lottery: PanelLottery) -> Published:
    """The published draw of a panel, as it stands now."""
    held = (
        {"seed": lottery.seed, "panel": lottery.chosen, "reserve": lottery.reserve}
        if lottery.seed
        else {}
    )
    return read({**lottery.content, **held})


def file_of(lottery: PanelLottery) -> dict[str, Sealable]:
    """The file that anybody may take along."""
    return written(published_of(lottery))


def content_of(published: Published) -> dict[str, Sealable]:
    """What a lottery's row keeps."""
    return before_the_draw(published)


def seed_of_panel(panel: Panel) -> Covering | None:
    """The seed: of the first checkpoint over the lottery; None until there is one."""
    return seed_after("publish_lottery", on=panel.thing())


def next_for(leaving: PanelVolunteer) -> PanelVolunteer | None:
    """Who of the reserve enters for somebody who gives the seat back, if anybody can."""
    panel = leaving.panel
    there: dict[str, Any] = {each.code: each for each in panel.volunteers.all()}
    waiting = [
        there[code]
        for code in panel.lottery.reserve
        if there[code].stage == PanelVolunteer.Stage.RESERVE
    ]
    found = successor(
        leaving.as_volunteer(),
        panel=_as_volunteers(panel.volunteers.on_panel()),
        reserve=_as_volunteers(waiting),
        sought=panel.sought(),
    )
    return there[found.code] if found else None


def _as_volunteers(rows: "Iterable[Any] | QuerySet[Any]") -> list[Volunteer]:
    return [each.as_volunteer() for each in rows]
