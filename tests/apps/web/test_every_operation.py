"""Each operation, tried by everybody: the site does what the charter says, and nothing else."""

import random
from collections.abc import Mapping

import pytest

from apps.web.cast import Cast, Somebody
from apps.web.trying import expected, observed, tries
from gongzhi.parties.charter_lookup import charter_asked_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(deep: bool) -> Cast:
    return Cast(whole=deep)


def chosen(wanted: Mapping[str, object], cast: Cast, *, deep: bool) -> list[Somebody]:
    """Everybody, or somebody for each answer that the charter gives to this operation."""
    if deep:
        return cast.people
    names = sorted(wanted)
    random.Random(repr(wanted)).shuffle(names)  # noqa: S311 - the same choice every time
    one_for_each = {wanted[name]: name for name in names}
    return [cast.one(name) for name in one_for_each.values()]


def test_s03_everybody_can_do_exactly_what_the_charter_says(cast: Cast, deep: bool):
    differences = []
    for attempt in tries(cast):
        with charter_asked_once():
            wanted = {each.name: expected(attempt, each) for each in cast.people}
        for somebody in chosen(wanted, cast, deep=deep):
            found = observed(attempt.ask(somebody))
            if found != wanted[somebody.name]:
                differences.append(
                    f"{attempt.name} by {somebody.name}: {wanted[somebody.name]}, not {found}"
                )
    assert differences == [], "\n".join(differences)
