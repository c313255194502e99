"""A database from before witnesses and quorums said their deed's moment passes its audit (R13)."""

import random
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.db.migrations import RunSQL
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

import city_hall
from apps.parties.casting import member
from apps.trust.administrator import alter, without_triggers
from apps.trust.installation import number_all
from core.ledger.signers import signer
from gongzhi.core.ledger.keys import KeyKind
from gongzhi.parties.actions import witnesses as actions
from gongzhi.parties.auditing import audit_all
from gongzhi.trust.models import Quorum, Witness
from gongzhi.trust.witnesses import Candidate
from gongzhi.words import say

pytestmark = pytest.mark.django_db(transaction=True)
UPGRADE = ("parties", "0016_moments_of_policy_deeds")
MOMENTS = (
    (Quorum, "since_at", "number"),
    (Witness, "admitted_at", "id"),
    (Witness, "retired_at", "id"),
)


def found() -> list[str]:
    return [say(said, "zh") for said in audit_all()]


def moments() -> dict[tuple[str, str, int], datetime]:
    """What each row says of when its deed was done."""
    return {
        (model._meta.db_table, column, row.pk): value
        for model, column, _ in MOMENTS
        for row in model.objects.all()
        if (value := vars(row)[column]) is not None
    }


def set_moments(changed: dict[tuple[str, str, int], datetime]) -> None:
    keys = {model._meta.db_table: key for model, _, key in MOMENTS}
    with without_triggers():
        for (table, column, row), moment in changed.items():
            alter(table, column, moment, at={keys[table]: row})


def candidate(name: str) -> Candidate:
    key = signer(name, name=f"{name}.example", kind=KeyKind.COSIGNATURE).verifier.text
    return Candidate(key=key, operator=name, address=f"https://{name}.example")


def upgraded_from(changed: dict[tuple[str, str, int], datetime]) -> None:
    """Leave what an older version left, and upgrade it; the upgrade changes rows and no table."""
    set_moments(changed)
    upgrade = MigrationLoader(connection).get_migration(*UPGRADE)
    assert all(isinstance(each, RunSQL) for each in upgrade.operations)
    with connection.schema_editor(atomic=True) as editor:
        upgrade.apply(ProjectState(), editor)


@pytest.fixture
def told() -> dict[tuple[str, str, int], datetime]:
    """The moments that the log tells, of a log with witnesses of whom one is retired."""
    unit = city_hall.unit("1", within=city_hall.region())
    issuer, guard = member(unit.organisation, "issuer"), member(unit.organisation, "security_admin")
    for name in "abcd":
        actions.admit_witness(by=issuer, candidate=candidate(name))
    actions.set_quorum(by=issuer, threshold=3)
    actions.move_witness(by=issuer, name="b.example", address="https://moved.example")
    actions.retire_witness(by=guard, name="a.example", reason="偷")
    number_all()
    assert found() == []
    assert {column for _, column, _ in moments()} == {column for _, column, _ in MOMENTS}
    return moments()


def test_r13_moments_written_by_an_older_version_are_no_alteration_after_the_upgrade(told):
    chance = random.Random(13)  # noqa: S311 - repeatable, and secret to nobody
    later = {
        place: moment + timedelta(microseconds=chance.randrange(1, 2_000_000))
        for place, moment in told.items()
    }
    upgraded_from(later)
    assert moments() == told
    assert found() == []


def test_r13_the_upgrade_heals_no_alteration_and_later_ones_are_named(told):
    quorum, witness = ("trust_quorum", "since_at", 2), ("trust_witness", "admitted_at", _b())
    upgraded_from({quorum: told[quorum] - timedelta(days=3)})
    assert [fault[:9] for fault in found()] == ["第 2 号信任策略"], "altered before the upgrade"

    set_moments({quorum: told[quorum], witness: told[witness] + timedelta(microseconds=1)})
    assert found() == ["见证方 b.example 的登记与存证所记的办理不符：admitted_at 被改动过"]


def _b() -> int:
    return int(Witness.objects.get(name="b.example").pk)
