"""Each operation, tried by everybody: the site does what the charter says, and nothing else."""

import random
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import groupby
from math import ceil
from uuid import UUID

import pytest

from apps.web.cast import Cast, Somebody
from apps.web.trying import (
    MISSING,
    Try,
    address,
    expected,
    kind_of_row,
    nothing_changes,
    observed,
    tries,
)
from gongzhi.parties.models import Deed, RefusedDeed
from gongzhi.trust.models import PendingLeaf
from gongzhi.web.operations import operations
from sampling import Sample

pytestmark = pytest.mark.django_db

# Unless the full numbers are asked for, one operation of so many is tried, those of the next commit
# are others. With how many things at most, and how often then: each answer to an operation; each
# operation and each kind of thing where it may not be read.
OPERATIONS_TRIED = 6
THINGS_TRIED = 4
ENOUGH_ANSWERS, ENOUGH_HIDDEN, ENOUGH_OF_A_KIND = 1, 1, 2


def test_s03_everybody_can_do_exactly_what_the_charter_says(cast: Cast, deep: bool, sample: Sample):
    differences = []
    tried: Counter[tuple[str, object]] = Counter()
    for attempt in in_turn(cast, sample):
        with nothing_changes():
            wanted = {each.name: expected(attempt, each) for each in cast.people}
        for somebody in cast.people if deep else _one_for_each_answer(wanted, cast):
            answer = wanted[somebody.name]
            tried[attempt.operation.name, answer] += 1
            if not deep and tried[attempt.operation.name, answer] > ENOUGH_ANSWERS:
                continue
            found = observed(attempt.ask(somebody))
            if found != answer:
                differences.append(f"{attempt.name} by {somebody.name}: {answer}, not {found}")
    assert differences == [], "\n".join(differences)


def in_turn(cast: Cast, sample: Sample) -> Iterator[Try]:
    """The operations of this run, with every thing or with some of many."""
    taken = {name for name in operations() if sample.takes(name, one_of=OPERATIONS_TRIED)}
    for _, group in groupby(tries(cast, only=taken), key=lambda each: each.operation.name):
        attempts = list(group)
        step = 1 if sample.whole else ceil(len(attempts) / THINGS_TRIED)
        yield from attempts[sample.seed % step :: step]


def _one_for_each_answer(wanted: Mapping[str, object], cast: Cast) -> list[Somebody]:
    names = sorted(wanted)
    random.Random(repr(wanted)).shuffle(names)  # noqa: S311 - the same choice every time
    one_for_each = {wanted[name]: name for name in names}
    return [cast.one(name) for name in one_for_each.values()]


# What differs between two answers though nothing does: tokens and numbers used once.
ONCE = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"')
NOBODYS = UUID(int=7)


def test_s01_what_somebody_may_not_read_is_like_what_is_not_there(
    cast: Cast, deep: bool, sample: Sample
):
    others = cast.people if deep else (cast.one("other officer"),)
    told, tried = [], Counter[tuple[str, str]]()
    for attempt in in_turn(cast, sample):
        if attempt.row is None or not (deep or _is_new(attempt, tried)):
            continue
        with nothing_changes():
            shut_out = [each for each in others if expected(attempt, each) == MISSING]
        for somebody in shut_out:
            tried.update(_parts(attempt))
            told += _told_apart(attempt, somebody)
    assert told == [], "\n".join(told)


def _is_new(attempt: Try, tried: Mapping[tuple[str, str], int]) -> bool:
    """Whether the operation, or this kind of thing, wasn't tried often enough yet."""
    of_operation, of_kind = (tried[part] for part in _parts(attempt))
    return of_operation < ENOUGH_HIDDEN or of_kind < ENOUGH_OF_A_KIND


def _parts(attempt: Try) -> tuple[tuple[str, str], tuple[str, str]]:
    return ("operation", attempt.operation.name), ("kind", kind_of_row(attempt.row))


def _told_apart(attempt: Try, somebody: Somebody) -> list[str]:
    """What gives away that the thing is there, or what trying it has changed."""
    absent = replace(attempt, address=address(attempt.operation, attempt.row, identifier=NOBODYS))
    before, lines = _deeds(), RefusedDeed.objects.count()
    hidden = _plain(attempt, somebody)
    noted = RefusedDeed.objects.count() - lines
    name = f"{attempt.name} by {somebody.name}"
    told = [] if hidden == _plain(absent, somebody) else [f"{name}: not like what isn't there"]
    if _deeds() != before:
        told.append(f"{name}: something was done")
    if noted != bool(attempt.operation.verb):
        told.append(f"{name}: {noted} lines in the access log")
    return told


def _deeds() -> tuple[int, int]:
    return Deed.objects.count(), PendingLeaf.objects.count()


def _plain(attempt: Try, somebody: Somebody) -> tuple[int, str]:
    """Status and words of an answer, without what is used once and without its own address."""
    answer = attempt.send(somebody)
    words = ONCE.sub("", answer.content.decode()).replace(attempt.address, "")
    return answer.status_code, words
