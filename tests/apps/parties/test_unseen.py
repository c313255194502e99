"""Deeds of which nobody shall know whose they are: what is kept, what enters, what is left over."""

import json
from collections import Counter
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection

import city_hall
from gongzhi.core.charter import INSTALLATION, SYSTEM, VISITOR, Thing
from gongzhi.core.ledger.batch import NotARow, batch_of
from gongzhi.core.sealed import read_canonical
from gongzhi.parties import tasks
from gongzhi.parties.actions.batches import close_pool
from gongzhi.parties.auditing import audit_all
from gongzhi.parties.business_date import business_date
from gongzhi.parties.deeds import Refused, act, act_unseen
from gongzhi.parties.models import Deed, RefusedDeed, SealedRow, WaitingRow
from gongzhi.parties.row_proofs import record_and_path, row_proof
from gongzhi.parties.subject_keys import keys_of
from gongzhi.parties.unseen import Pool, pools_due
from gongzhi.trust.models import PendingLeaf
from gongzhi.trust.proofs import index_of
from gongzhi.trust.sequencing import sequence

pytestmark = pytest.mark.django_db

# A right that a visitor has; ballots and feedback will bring verbs of their own.
VERB = "share_result"
POLL = Thing(kind="installation", id="poll")


def leave(number, *, closes_with=None):
    with act_unseen(VISITOR, VERB, on=INSTALLATION, closes_with=closes_with) as record:
        record["said"] = number
        record.private("text", f"意见{number}")


def leave_many(count, *, closes_with=None):
    for number in range(count):
        leave(number, closes_with=closes_with)


def entry_of(deed):
    return read_canonical(bytes(PendingLeaf.objects.get(pk=deed.leaf).entry))


def closed_today():
    """Close what waits today, and the deed that did it."""
    close_pool(Pool(verb=VERB, day=business_date()))
    return Deed.objects.get(verb="close_batch")


def order_of(deed, count):
    records = (record_and_path(deed.pk, row, size=count)[0] for row in range(count))
    return [read_canonical(record)["public"]["said"] for record in records]


def test_a_hidden_deed_is_asked_of_the_charter_like_every_other():
    with pytest.raises(Refused), act_unseen(VISITOR, "register_region", on=INSTALLATION):
        pytest.fail("a refused deed never begins")
    assert not WaitingRow.objects.exists()
    assert RefusedDeed.objects.latest("pk").verb == "register_region"


def test_a_hidden_deed_leaves_no_deed_no_entry_and_no_moment():
    leave(1)
    assert not Deed.objects.exists()
    assert not PendingLeaf.objects.exists()
    waiting = WaitingRow.objects.get()
    names = {field.name for field in WaitingRow._meta.get_fields()}
    assert names == {"id", "verb", "closes_with", "day", "locked"}
    assert waiting.pk.version == 4  # chance alone: other identifiers begin with their moment
    assert "意见".encode() not in bytes(waiting.locked)


def test_a_hidden_deed_can_not_stand_within_a_seen_one_nor_around_it():
    with act(SYSTEM, "register_region", on=INSTALLATION), pytest.raises(AssertionError):
        leave(1)
    with act_unseen(VISITOR, VERB, on=INSTALLATION), pytest.raises(AssertionError):
        city_hall.region()


def test_what_no_batch_can_hold_fails_at_once():
    with pytest.raises(NotARow), act_unseen(VISITOR, VERB, on=INSTALLATION) as record:
        record["amount"] = 0.1
    assert not WaitingRow.objects.exists()


def test_what_waits_enters_as_one_batch_without_party():
    leave_many(7)
    entry = entry_of(closed_today())

    assert (entry["verb"], entry["party"], entry["clause"]) == ("close_batch", None, ["12.9"])
    assert entry["business_date"] == business_date().isoformat()
    assert entry["public"].keys() == {"deed"}
    assert (batch_of(entry).kind, batch_of(entry).size) == (VERB, 7)
    assert not WaitingRow.objects.exists()


def test_a_row_and_its_value_are_kept_with_nothing_of_the_waiting_one():
    leave_many(5)
    before = {str(pk) for pk in WaitingRow.objects.values_list("pk", flat=True)}
    deed = closed_today()

    keys = keys_of(["system"])
    sealed = SealedRow.objects.filter(deed=deed)
    kept = {each.row: each.opened(keys).private["text"] for each in sealed}
    assert kept == {row: f"意见{said}" for row, said in enumerate(order_of(deed, 5))}
    with connection.cursor() as cursor:
        for table in ("parties_batchbundle", "parties_sealedrow", "parties_deed"):
            cursor.execute(f"SELECT to_jsonb(whole)::text FROM {table} whole")  # noqa: S608
            assert not any(pk in row for (row,) in cursor.fetchall() for pk in before)


def test_the_order_of_a_batch_is_not_that_of_arrival():
    leave_many(40)
    order = order_of(closed_today(), 40)
    assert sorted(order) == list(range(40))
    assert order != list(range(40))  # once in 10^47 by chance


def test_every_order_of_a_batch_is_as_likely_as_every_other():
    """Three rows, six orders, 120 closings: each comes up between 4 and 45 times (p < 1e-5)."""
    orders = Counter()
    for _ in range(120):
        leave_many(3)
        close_pool(Pool(verb=VERB, day=business_date()))
    for deed in Deed.objects.filter(verb="close_batch"):
        orders[tuple(order_of(deed, 3))] += 1
    assert len(orders) == 6
    assert all(4 <= count <= 45 for count in orders.values())


def test_rows_enter_when_their_day_is_over_and_not_before():
    leave_many(2)
    tasks.close_batches(timestamp=0)
    assert WaitingRow.objects.count() == 2
    tomorrow = business_date() + timedelta(days=1)
    assert pools_due(today=tomorrow) == [Pool(verb=VERB, day=business_date())]


def test_the_job_closes_each_day_that_is_over_once():
    leave_many(3)
    yesterday = business_date() - timedelta(days=1)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE parties_waitingrow DISABLE TRIGGER USER")
        cursor.execute("UPDATE parties_waitingrow SET day = %s", [yesterday])
        cursor.execute("ALTER TABLE parties_waitingrow ENABLE TRIGGER USER")
    leave(9)
    tasks.close_batches(timestamp=0)
    tasks.close_batches(timestamp=0)

    deed = Deed.objects.get(verb="close_batch")
    assert entry_of(deed)["business_date"] == yesterday.isoformat()
    assert sorted(order_of(deed, 3)) == [0, 1, 2]
    assert WaitingRow.objects.count() == 1


def test_what_belongs_to_a_poll_waits_for_its_close():
    leave_many(4, closes_with=POLL)
    leave(9)
    assert pools_due(today=business_date() + timedelta(days=9)) == [
        Pool(verb=VERB, day=business_date())
    ]

    assert close_pool(Pool.of(VERB, POLL)) == 4
    deed = Deed.objects.get(verb="close_batch")
    assert entry_of(deed)["public"]["closed"] == POLL.name
    assert sorted(order_of(deed, 4)) == [0, 1, 2, 3]


def test_where_nothing_waits_nothing_enters():
    assert close_pool(Pool(verb=VERB, day=business_date())) == 0
    assert not Deed.objects.exists()


def test_a_waiting_row_is_never_changed():
    leave(1)
    with pytest.raises(DatabaseError, match="only added"), connection.cursor() as cursor:
        cursor.execute("UPDATE parties_waitingrow SET day = day")


def test_a_hidden_row_proves_and_passes_the_audit():
    leave_many(5)
    deed = closed_today()
    while sequence():
        pass
    assert list(audit_all()) == []
    proof = row_proof(index_of(deed.leaf), 3, show=["text"])
    assert proof.shown[0].value == f"意见{order_of(deed, 5)[3]}"
    entry = json.loads(proof.entry)
    assert entry["party"] is None
