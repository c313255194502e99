"""What may be left for the log, and when."""

import json
from datetime import UTC, datetime

import pytest
from django.db import transaction
from hypothesis import example, given
from hypothesis import strategies as st

from apps.trust.entries import entry
from gongzhi.core.sealed import canonical, read_canonical
from gongzhi.trust.appending import leave
from gongzhi.trust.entries import NotAnEntry, entry_bytes
from gongzhi.trust.models import PendingLeaf
from gongzhi.trust.proofs import head
from gongzhi.trust.sequencing import sequence


@pytest.mark.django_db(transaction=True)
def test_a_leaf_can_not_be_left_outside_a_transaction():
    with pytest.raises(AssertionError):
        leave(entry())
    assert not PendingLeaf.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_deed_that_is_undone_leaves_no_leaf():
    with transaction.atomic():
        leave(entry())
        transaction.set_rollback(True)
    assert sequence() == 0
    assert head() is None


@pytest.mark.django_db(transaction=True)
def test_numbering_never_happens_inside_a_deed():
    with transaction.atomic():
        leave(entry())
        with pytest.raises(RuntimeError, match="durable"):
            sequence()


@pytest.mark.django_db
def test_what_is_left_are_the_canonical_bytes_of_the_entry():
    leaf = leave(entry(7))
    assert bytes(leaf.entry) == canonical(entry(7)) == entry_bytes(entry(7))


def test_fields_that_may_be_absent_are_written_as_absent():
    short = {
        field: value for field, value in entry().items() if field not in ("c", "because", "batch")
    }
    assert json.loads(entry_bytes(short)) == {**short, "c": {}, "because": None, "batch": None}


@pytest.mark.parametrize(
    "good",
    [
        {"party": None, "on": None},
        {"clause": ["4.2", "4.3"]},
        {"public": {}},
        {"c": {}},
        {"because": "01936b6e-0000-7000-8000-000000000000"},
        {"claimed_at": "2026-03-31T08:00:00.123456+00:00"},
        {"claimed_at": "2026-03-31T08:00:00Z"},
        {"claimed_at": datetime.now(UTC).isoformat()},
        {"batch": {"kind": "payment", "root": "A" * 43 + "=", "size": 1_000_000}},
    ],
)
def test_an_entry_may_say(good):
    assert json.loads(entry_bytes(entry(**good)))


@pytest.mark.parametrize(
    "bad",
    [
        {"v": 2},
        {"v": True},
        {"verb": "Publish Form"},
        {"verb": ""},
        {"party": ""},
        {"party": "长" * 201},
        {"clause": []},
        {"clause": "4.2"},
        {"charter": None},
        {"business_date": "31.3.2026"},
        {"business_date": "20260331"},
        {"business_date": "2026-02-30"},
        {"claimed_at": "2026-03-31T08:00:00"},
        {"claimed_at": "2026-03-31T16:00:00+08:00"},
        {"claimed_at": 0},
        {"public": None},
        {"public": {"amount": 0.1}},
        {"public": {"text": "长" * 30_000}},
        {"c": {"amount": "100.00"}},
        {"c": {"amount": "A" * 43}},
        {"batch": {"kind": "payment", "root": "A" * 43 + "="}},
        {"batch": {"kind": "payment", "root": "A" * 43 + "=", "size": 0}},
        {"batch": {"kind": "payment", "root": "A" * 43 + "=", "size": True}},
        {"batch": {"kind": "", "root": "A" * 43 + "=", "size": 1}},
        {"batch": {"root": "A" * 43 + "=", "size": 1}},
        {"more": 1},
    ],
)
def test_an_entry_may_not_say(bad):
    with pytest.raises(NotAnEntry):
        entry_bytes(entry(**bad))


def test_a_field_can_not_be_left_out():
    lacking = entry()
    del lacking["verb"]
    with pytest.raises(NotAnEntry, match="verb"):
        entry_bytes(lacking)


@given(text=st.text())
@example(text='a line\nand "public": {"number": 1}\r\n\x1b[2J\x1b]0;title\x07')
def test_s67_whatever_a_value_holds_an_entry_is_one_line_without_control_characters(text: str):
    """Nobody forges a second entry with it, or drives a terminal that shows the log."""
    content = entry_bytes(entry(public={"text": text}, on=text[:20] or None))
    assert min(content) >= ord(" ")
    assert read_canonical(content)["public"] == {"text": text}
