"""Figures of plans from the cycle: where from, of which day, until a settlement fixes them."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils.translation import override

from apps.forum.negotiated import in_talks, opened, pass_gates, propose, shop_at
from gongzhi.core.charter import VISITOR, Member
from gongzhi.cycle.models import Profile, Project, Reading
from gongzhi.forum.actions.plan_figures import coded, link_plan_figure, unlink_plan_figure
from gongzhi.forum.actions.settlements import sign_settlement
from gongzhi.forum.models import FigureTaken, Negotiation
from gongzhi.forum.plan_figures import Shown, figures_of, found_in
from gongzhi.parties.deeds import Refused
from gongzhi.parties.models import Deed
from gongzhi.parties.unsuitable import Unsuitable
from gongzhi.web.pages.participation.negotiations.plan_figures import in_words
from verified import VerifiedClient

pytestmark = pytest.mark.django_db
FIRST, SECOND = date(2026, 1, 5), date(2026, 3, 1)


@pytest.fixture
def table(settings, unit, other) -> Negotiation:
    settings.DEMO = True
    row = opened(unit, other)
    described(unit.project, "52000000", FIRST)
    return row


def described(project: Project, total: str, on: date) -> None:
    Profile.objects.create(project=project, total=Decimal(total), described_on=on)


def link(by: Member, table: Negotiation, project: Project, kind: str) -> None:
    each = next(one for one in found_in(project, reader=by) if one.kind == kind)
    plan = table.options.get(code="A")
    figure = coded(project, each)
    link_plan_figure(by=by, negotiation=table, option=plan.pk, figure=figure)


def shown(table: Negotiation, reader: Member) -> list[Shown]:
    table.refresh_from_db()
    return [each for rows in figures_of(table, reader=reader).values() for each in rows]


def test_a_plan_is_told_by_a_figure_of_the_cycle_that_follows_its_source(unit, table):
    link(unit.officer, table, unit.project, "total")
    [each] = shown(table, VISITOR)
    assert (each.held, each.source_on, each.earlier) == ("52,000,000 元", FIRST, "")

    described(unit.project, "54000000", SECOND)
    [each] = shown(table, VISITOR)
    assert (each.held, each.source_on) == ("54,000,000 元", SECOND)
    assert each.earlier == "52,000,000 元"
    page = VerifiedClient().get(reverse("negotiation", args=[table.pk])).content.decode()
    assert reverse("project", args=[unit.project.pk]) in page
    assert "取的时候是 52,000,000 元" in page


def test_a_settlement_fixes_the_figures_and_its_failing_frees_them(unit, other, table):
    shop = shop_at(table, unit)
    link(unit.officer, table, unit.project, "total")
    described(unit.project, "53000000", SECOND)
    in_talks(table)
    pass_gates(unit, table)
    settlement = propose(other.officer, table, unit.officer, shop)
    described(unit.project, "60000000", SECOND)

    [each] = shown(table, VISITOR)
    assert each.is_fixed
    assert (each.held, each.now) == ("53,000,000 元", "60,000,000 元")
    assert settlement.figures.get().told == "53,000,000 元"
    sign_settlement(by=shop, negotiation=table, agrees=False, reason="太少")
    [each] = shown(table, VISITOR)
    assert (each.held, each.is_fixed) == ("60,000,000 元", False)


def test_w04_who_may_not_read_the_source_does_not_see_the_figure(unit, other, table):
    described(other.project, "7654321", FIRST)
    assert not list(found_in(other.project, reader=VISITOR))
    link(other.officer, table, other.project, "total")

    [each] = shown(table, other.officer)
    assert each.held == "7,654,321 元"
    for reader in (VISITOR, unit.officer):
        assert [one.held for one in shown(table, reader)] == [None]
    page = VerifiedClient().get(reverse("negotiation", args=[table.pk])).content.decode()
    assert "7,654,321" not in page
    assert "7,654,321" not in str(list(Deed.objects.values_list("public", flat=True)))
    stolen = coded(other.project, next(iter(found_in(other.project, reader=other.officer))))
    plan = table.options.get(code="B")
    with pytest.raises(Unsuitable, match="figure"):
        link_plan_figure(by=unit.officer, negotiation=table, option=plan.pk, figure=stolen)


def test_budget_lines_and_the_newest_reading_on_each_footing_are_offered(unit, table):
    for value, source, on in (
        ("60", "unit", FIRST),
        ("66", "unit", SECOND),
        ("58", "survey", FIRST),
    ):
        Reading.objects.create(
            project=unit.project,
            indicator="i1",
            starts_on=on,
            ends_on=on,
            value=Decimal(value),
            source=source,
            organisation=unit.organisation,
            read_on=on,
        )
    told = {each.key: each.told for each in found_in(unit.project, reader=unit.officer)}
    assert told["L1"] == "5,000,000 元"
    assert told["unit|i1"] == "66"
    assert told["survey|i1"] == "58"


def test_a_figure_is_linked_once_and_may_be_taken_off(unit, other, table):
    link(unit.officer, table, unit.project, "budget")
    with pytest.raises(Unsuitable, match="figure"):
        link(unit.officer, table, unit.project, "budget")
    [each] = shown(table, VISITOR) or [None]
    unlink_plan_figure(by=other.officer, negotiation=table, figure=each.row.pk)
    assert shown(table, unit.officer) == []
    with pytest.raises(Unsuitable, match="figure"):
        unlink_plan_figure(by=other.officer, negotiation=table, figure=each.row.pk)
    plan = table.options.get(code="A")
    for nonsense in ("", "x", f"{unit.project.pk}:total", f"{unit.project.pk}:budget:2026:L9"):
        with pytest.raises(Unsuitable, match="figure"):
            link_plan_figure(by=unit.officer, negotiation=table, option=plan.pk, figure=nonsense)


def test_sides_link_nothing_and_what_was_taken_stays(unit, table):
    shop = shop_at(table, unit)
    with pytest.raises(Refused):
        link(shop, table, unit.project, "total")
    link(unit.officer, table, unit.project, "total")
    with pytest.raises(DatabaseError), transaction.atomic():
        FigureTaken.objects.update(told="1 元")


def test_yuan_are_said_in_the_readers_language():
    with override("en"):
        assert in_words("34,000,000 元") == "34,000,000 yuan"
        assert in_words("≥126 户") == "≥126 户"
    assert in_words("34,000,000 元") == "34,000,000 元"
