"""Whoever alters a reading or its evidence is named, and each reading has a proof of its own."""

import pytest

from apps.cycle import monitored
from apps.cycle.test_evidence import SURVEY
from apps.cycle.test_readings import added, answered, budget, bureau, call, km, move, unit
from apps.trust.administrator import alter, by_sql, delete, undone
from apps.trust.installation import number_all
from gongzhi.cycle.actions.evidence import add_evidence
from gongzhi.cycle.answered import bringing_deeds
from gongzhi.cycle.models import Reading
from gongzhi.cycle.reading_auditing import reading_faults
from gongzhi.cycle.sealed_places import sealed_reading
from gongzhi.parties.row_proofs import row_proof
from gongzhi.trust.seals import seals_of
from gongzhi.words import say

__all__ = ["budget", "bureau", "call", "move", "unit"]  # fixtures, which pytest finds by name
pytestmark = pytest.mark.django_db


def found() -> list[str]:
    return [say(said, "zh") for said in reading_faults()]


@pytest.fixture
def together(call, unit) -> list[Reading]:
    """What a unit handed in together, beside a reading of its own of the same day."""
    answered(unit, call, km(unit), km(unit, None, indicator="sat", why_none="年底调查"))
    own = added(unit, km(unit, 7, indicator="more", source="survey"))
    add_evidence(by=unit.officer, reading=own, shown=SURVEY)
    number_all()
    assert found() == []
    by_sql("SET CONSTRAINTS ALL IMMEDIATE")
    for table in ("cycle_reading", "cycle_evidence"):
        by_sql(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    return list(Reading.objects.order_by("indicator"))


def test_s65_an_altered_reading_is_named(together):
    for row, column, value in ((0, "value", 41), (1, "text", "x"), (2, "why_none", "忘了")):
        which = together[row].pk
        with undone():
            alter("cycle_reading", column, value, at={"id": which})
            assert found() == [f"读数（{which}）与存证所承诺的不符：被改动过"]


def test_s65_evidence_that_is_altered_or_gone_is_named(together):
    which = together[1].grounds.get().pk
    with undone():
        alter("cycle_evidence", "answered", 299, at={"id": which})
        assert found() == [f"佐证（{which}）与存证所承诺的不符：被改动过"]
    with undone():
        delete("cycle_evidence", at={"id": which})
        assert found() == [f"存证所记的佐证 {which} 不见了"]


def test_s65_a_reading_that_no_deed_brought_is_named(together, unit):
    row = monitored.read(unit, "km", monitored.YEAR_OPENS, 40)

    assert found() == [f"读数（{row.pk}）没有存证"]


def test_each_reading_leads_to_its_own_deed_and_its_own_row(together):
    deeds = bringing_deeds(together)
    assert [deeds[row.pk].verb for row in together] == [
        "submit_readings", "add_reading", "submit_readings",
    ]  # fmt: skip
    for row in (together[0], together[2]):
        place = sealed_reading(row, deeds[row.pk])
        assert place.is_promised
        seal = seals_of([place.deed.leaf])[place.deed.leaf]
        proof = row_proof(seal.index, place.row, show=["read"])
        assert str(row.pk) in proof.record.decode()
    assert sealed_reading(together[1], deeds[together[0].pk]) is None


def test_a_row_that_says_something_else_is_not_what_was_promised(together):
    row = together[0]
    alter("cycle_reading", "value", 41, at={"id": row.pk})
    row.refresh_from_db()

    assert sealed_reading(row, bringing_deeds([row])[row.pk]).is_promised is False
