"""Solving for lotteries of closed pools, outside of requests: with progress and a time limit."""

import time
from uuid import UUID

from django.db import transaction

from gongzhi.core.participating.sortition.asking import groups_of
from gongzhi.core.participating.sortition.leximin import Patience
from gongzhi.forum.actions.panels import publish_lottery
from gongzhi.forum.models import Panel, PanelLottery, PanelSolving
from gongzhi.forum.panel_draws import pool_of, to_publish
from gongzhi.rules.participation.panels import load_panel_rules


def solve_waiting_panels() -> int:
    """Solve for every pool that is closed and has no lottery yet; says how many were published."""
    waiting = list(Panel.objects.unsolved().values_list("pk", flat=True))
    return sum(solve(panel) is not None for panel in waiting)


def solve(identifier: UUID) -> PanelLottery | None:
    """Solve for one and publish it; nothing where that was done, or the panel called off."""
    panel = Panel.objects.unsolved().filter(pk=identifier).with_facts().first()
    if panel is None:
        return None
    pool = pool_of(panel)
    _note(panel, 0, len(groups_of(pool, sought=panel.sought())))
    until = time.monotonic() + load_panel_rules().solve_seconds
    patience = Patience(
        left=lambda: until - time.monotonic(),
        tell=lambda done, total: _note(panel, done, total),
    )
    published = to_publish(panel, pool, patience=patience)
    with transaction.atomic():
        return publish_lottery(panel=panel, published=published)


def _note(panel: Panel, done: int, total: int) -> None:
    """How far it got: no deed, as the queue's own rows aren't."""
    PanelSolving.objects.update_or_create(panel=panel, defaults={"done": done, "total": total})
