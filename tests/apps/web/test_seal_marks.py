"""Every thing on a page shows the deed that made it, and how many witnesses stand for it."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import city_hall
from apps.trust.watchers import Watchers, changed, watching
from apps.web.cast import Cast
from gongzhi.core.charter import SYSTEM, VISITOR
from gongzhi.cycle.actions import accept_finding, register_project
from gongzhi.cycle.actions.readings import Read, add_reading, correct_reading
from gongzhi.cycle.models import FormVersion, Project
from gongzhi.parties.actions.charter import take_up_model_text
from gongzhi.parties.charter_lookup import charter_asked_once
from gongzhi.parties.models import Deed
from gongzhi.trust import witnesses
from gongzhi.trust.cosigning import Cosigning
from gongzhi.trust.proofs import index_of, indexes_of
from gongzhi.trust.seals import WAITING, Seal, seals_of
from gongzhi.trust.sequencing import sequence
from gongzhi.web.activity import events
from gongzhi.web.seals import FORM_DEEDS, MAKERS, VERSION_DEEDS, name_of, seals_on
from verified import verified

pytestmark = pytest.mark.django_db
MARK = re.compile(r'class="seal[ "].*?href="/ledger/(\d+)/"', re.DOTALL)


def published(count: int) -> list[FormVersion]:
    """So many published forms, numbered in the log."""
    region = city_hall.region()
    units = [city_hall.unit(str(number), within=region) for number in range(count)]
    versions = [city_hall.published(unit) for unit in units]
    while sequence():
        pass
    return versions


def leaves() -> list:
    return list(Deed.objects.values_list("leaf", flat=True))


def queries(ask) -> int:
    with charter_asked_once(), CaptureQueriesContext(connection) as asked:
        ask()
    return len(asked)


def test_the_numbers_of_many_leaves_are_those_of_each():
    published(2)
    assert indexes_of(leaves()) == {leaf: index_of(leaf) for leaf in leaves()}
    assert indexes_of([]) == {}


def test_a_list_of_any_length_costs_the_same_few_queries():
    versions, all_leaves = published(4), leaves()
    deeds = list(Deed.objects.filter(verb="publish_form"))
    assert queries(lambda: indexes_of(all_leaves)) <= 3
    assert queries(lambda: seals_of(all_leaves[:1])) == queries(lambda: seals_of(all_leaves)) <= 8
    one, four = (queries(lambda some=some: seals_on(some)) for some in (versions[:1], versions))
    assert one == four <= 9
    assert queries(lambda: events(VISITOR, deeds[:1])) == queries(lambda: events(VISITOR, deeds))


def test_projects_that_deeds_on_their_unit_made_cost_no_more_questions_either():
    unit = city_hall.unit("1", within=city_hall.region())
    for number in range(3):
        register_project(by=SYSTEM, unit=unit.organisation, code=f"X{number}", name="某项目")
    sequence()
    projects = list(Project.objects.select_related("unit"))
    assert len(projects) >= 3
    assert queries(lambda: seals_on(projects)) == queries(lambda: seals_on(projects[:1]))
    assert seals_on([]) == {}


def test_a_deed_that_has_no_number_yet_waits():
    published(1)
    draft = city_hall.draft(city_hall.unit("9", within=city_hall.region("990200")))
    assert seals_on([draft]) == {name_of(draft): WAITING}


def test_a_project_whose_form_waits_for_its_number_waits():
    city_hall.published(city_hall.unit("1", within=city_hall.region()))
    project = Project.objects.get()
    assert seals_on([project])[name_of(project)].index is None


def test_a_form_is_what_its_publication_made_of_it_not_an_answer():
    (version,) = published(1)
    officer = verified(city_hall.office(version.project.unit, "who answers", "officer"))
    accept_finding(by=officer, version=version, code="W4", indicator=0)
    while sequence():
        pass
    number = index_of(Deed.objects.get(verb="publish_form").leaf)
    assert seals_on([version], verbs=FORM_DEEDS)[name_of(version)].index == number
    assert seals_on([version])[name_of(version)].index > number


# The cast has none of these that a deed made: see below, test_goal_pages.py, test_meetings.py and
# test_whole_form_pages.py.
ELSEWHERE = ("action_item", "charter_version", "goal_version", "reading", "whole_form")


def test_what_a_deed_on_something_else_made_is_found_by_what_it_states(cast: Cast):
    for kind, maker in MAKERS.items():
        rows = [row for row in cast.things.get(kind, ()) if name_of(row).startswith(f"{kind}:")]
        deeds = Deed.objects.filter(verb__in=maker.verbs)
        stated = [deed.public[maker.field] for deed in deeds]
        made = [row for row in rows if maker.names(row) in stated]
        assert made or kind in ELSEWHERE, kind
        assert seals_on(made, verbs=["nothing else"]).keys() == set(map(name_of, made)), kind


@pytest.mark.unadopted
def test_a_version_of_the_rules_is_what_took_it_up_not_a_proposal_to_change_it():
    version = take_up_model_text(by=SYSTEM)
    seals = seals_on([version], verbs=VERSION_DEEDS)
    assert seals == {name_of(version): WAITING}


@pytest.fixture
def watchers(tmp_path: Path) -> Iterator[Watchers]:
    published(1)
    with watching(tmp_path / "witnesses") as made:
        yield made


def test_a_mark_counts_the_witnesses_that_cosigned(watchers: Watchers):
    leaf = leaves()[0]
    number = index_of(leaf)
    assert seals_of([leaf])[leaf] == Seal(index=number)
    watchers.admit("abc", threshold=2)
    asking = Cosigning()
    asking.round()
    enough = Seal(index=number, cosigners=3, witnesses=3, is_anchored=True)
    assert seals_of([leaf])[leaf] == enough
    watchers.admit("de", threshold=0)
    changed(witnesses.ask_for, 4)
    assert seals_of([leaf])[leaf] == Seal(index=number, cosigners=3, witnesses=5)
    asking.end()


@pytest.mark.parametrize(
    ("seal", "said"),
    [
        (Seal(index=1204, cosigners=4, witnesses=5, is_anchored=True), "存证 №1,204 ✓ 4/5"),
        (Seal(index=1204, cosigners=2, witnesses=5), "存证 №1,204 ○ 2/5"),
        (Seal(index=7), "存证 №7"),
        (WAITING, "存证：等待编号"),
        (None, ""),
    ],
)
def test_a_mark_says_number_and_cosigners(seal: Seal | None, said: str):
    page = render_to_string("pieces/_seal_mark.html", {"seal": seal})
    shown = re.sub(r'<span class="hidden-but-read">.*?</span>', "", page)
    assert re.sub(r"<[^>]*>", "", shown).split() == said.split()
    assert ("还不够" in page) == bool(seal and seal.witnesses and not seal.is_anchored)


def test_the_pages_show_the_marks_of_what_they_list(cast: Cast):
    """One page for each kind of thing, as somebody sees it who may."""
    things = {kind: rows[0] for kind, rows in cast.things.items() if rows}
    pages = {
        reverse("forms"): "visitor",
        reverse("project", args=[cast.unit.project.pk]): "visitor",
        reverse("activity"): "visitor",
        reverse("charter-adoption"): "visitor",
        reverse("amendments"): "visitor",
        reverse("amendment", args=[things["amendment"].pk]): "visitor",
        reverse("organisation", args=[cast.unit.organisation.pk]): "own officer",
        reverse("my-offices"): "own officer",
        reverse("admissions"): "own registrar",
        reverse("admission", args=[things["admission"].pk]): "own registrar",
        reverse("tasks"): "own officer",
        reverse("task", args=[things["task"].pk]): "own officer",
        reverse("attachments", args=["project", cast.unit.project.pk]): "visitor",
        reverse("attachment", args=[things["attachment"].pk]): "visitor",
        reverse("export", args=[things["export"].pk]): "own officer",
        reverse("conflicts"): "own officer",
        reverse("invitations"): "own organisation_admin",
    }
    shown = {
        address: cast.one(name).client.get(address).content.decode()
        for address, name in pages.items()
    }
    assert [address for address, page in shown.items() if not MARK.search(page)] == []


def test_a_reading_that_corrects_another_has_the_seal_of_its_deed(cast: Cast):
    Project.objects.filter(pk=cast.unit.project.pk).update(stage="disclosed")
    project, by = Project.objects.get(pk=cast.unit.project.pk), cast.officer
    read = Read(
        project=project,
        indicator="length",
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 1, 31),
        source="unit",
        value=Decimal(3),
    )
    first = add_reading(by=by, organisation=cast.unit.organisation, read=read)
    anew = correct_reading(
        by=by, reading=first, read=replace(read, value=Decimal(4)), reason="读错了"
    )

    assert seals_on([anew]).keys() == {f"reading:{anew.pk}"}
