"""Whatever people try, in whatever order: each change is one deed, a refusal changes nothing."""

from collections.abc import Callable
from contextlib import suppress

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import city_hall
from gongzhi.core.charter import SYSTEM, VISITOR, Member, Refused
from gongzhi.cycle import actions
from gongzhi.cycle.models import DRAFTS, Answer, DerivedFinding, FormVersion, Project
from gongzhi.parties.models import Deed, RefusedDeed
from gongzhi.trust.models import PendingLeaf

YEARS = (2024, 2025)
TRIES_DEEP, TRIES = 300, 8

tries = st.lists(
    st.tuples(
        st.sampled_from(["draft", "withdraw", "publish", "correct", "explain", "accept"]),
        st.integers(0, 5),  # who
        st.integers(0, 9),  # with which version or project
    ),
    min_size=4,
    max_size=14,
)


def facts() -> tuple[object, ...]:
    """Everything that a deed may change."""
    return (
        [*FormVersion.objects.order_by("pk").values_list("pk", "stage", "number", "replaces")],
        [*Answer.objects.order_by("pk").values_list("pk", "kind", "new_version")],
        [*Project.objects.order_by("pk").values_list("pk", "stage")],
    )


def deed(name: str, *, by: Member, units: list[city_hall.Unit], which: int) -> Callable[[], object]:
    """One of the things that somebody might try."""
    versions = list(FormVersion.objects.order_by("pk"))
    if name == "draft" or not versions:
        score = "50" if which % 2 else "40"
        return lambda: actions.draft_form(
            by=by,
            project=units[which % len(units)].project,
            form=city_hall.form(score=score),
            fiscal_year=YEARS[which % 3 % 2],
            pack=city_hall.PACK,
        )
    version = versions[which % len(versions)]
    finding = {"version": version, "code": "X4", "indicator": 0}
    review = {"version": version, "review": "可以公开"}
    return {
        "withdraw": lambda: actions.withdraw_draft(by=by, version=version),
        "publish": lambda: actions.publish_form(by=by, **review),
        "correct": lambda: actions.correct_form(by=by, **review, reason="填错"),
        "explain": lambda: actions.explain_finding(by=by, **finding, text="理由"),
        "accept": lambda: actions.accept_finding(by=by, **finding),
    }[name]


def attempt(do: Callable[[], object]) -> bool:
    """Whether it was done; what isn't done leaves everything as it was, but for its refusal."""
    before, refused = (facts(), Deed.objects.count()), RefusedDeed.objects.count()
    with suppress(IntegrityError, DerivedFinding.DoesNotExist):
        try:
            with transaction.atomic():
                do()
        except Refused:
            refused += 1
        else:
            return True
    assert (facts(), Deed.objects.count()) == before
    assert RefusedDeed.objects.count() == refused
    return False


def hold_true() -> None:
    """What holds at every moment."""
    assert Deed.objects.count() == PendingLeaf.objects.count()
    leaves = set(Deed.objects.values_list("leaf", flat=True))
    assert leaves == set(PendingLeaf.objects.values_list("pk", flat=True))
    for project in Project.objects.all():
        for year in YEARS:
            versions = project.versions.filter(fiscal_year=year)
            published = list(versions.filter(stage="published").order_by("number"))
            assert [v.number for v in published] == list(range(1, len(published) + 1))
            assert [v.replaces for v in published] == [None, *published][: len(published)]
            assert versions.current().count() == min(1, len(published))
            assert versions.filter(stage__in=DRAFTS).count() <= 1
        public = project.versions.filter(stage="published").exists()
        assert (project.stage == "disclosed") == public


@pytest.mark.django_db
def test_s67_each_change_is_one_deed_and_a_refusal_changes_nothing_and_is_noted(deep: bool):
    region = city_hall.region()
    units = [city_hall.unit(code, within=region) for code in ("1", "2")]
    people = [VISITOR, SYSTEM, *(m for unit in units for m in (unit.officer, unit.reviewer))]
    done = 0

    @settings(
        max_examples=TRIES_DEEP if deep else TRIES,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(tries)
    def try_all(chosen: list[tuple[str, int, int]]) -> None:
        nonlocal done
        with transaction.atomic():
            for name, who, which in chosen:
                by = people[who]
                done += attempt(deed(name, by=by, units=units, which=which))
                hold_true()
            transaction.set_rollback(True)

    try_all()
    assert done
