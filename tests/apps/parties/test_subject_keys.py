"""What the log only promises is locked with the key of whom it is about."""

import secrets
from collections.abc import Iterator
from uuid import uuid4

import psycopg
import pytest
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from psycopg import sql

from gongzhi.core.charter import SYSTEM
from gongzhi.core.sealed import SALT_BYTES
from gongzhi.parties.actions import setting_up as actions
from gongzhi.parties.auditing import audit_all
from gongzhi.parties.locked_values import CannotUnlock
from gongzhi.parties.models import Deed, SealedRow, SealedValue, SubjectKey
from gongzhi.parties.subject_keys import keys_for, keys_of, lock_value, open_value
from gongzhi.trust.sequencing import sequence

KEY = bytes(range(32))
SALT = bytes(SALT_BYTES)
ADDRESS = frozenset({"host", "port", "user", "password"})
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@given(value=values)
def test_what_was_locked_opens_again_where_it_belongs(value):
    locked = lock_value(KEY, value=value, salt=SALT, bound_to="here")

    assert open_value(KEY, locked, bound_to="here") == (SALT, value)
    with pytest.raises(CannotUnlock):
        open_value(KEY, locked, bound_to="elsewhere")
    with pytest.raises(CannotUnlock):
        open_value(bytes(32), locked, bound_to="here")


@given(place=st.integers(min_value=0), change=st.integers(1, 255))
def test_an_altered_byte_does_not_open(place: int, change: int):
    locked = bytearray(lock_value(KEY, value="保密", salt=SALT, bound_to="here"))
    locked[place % len(locked)] ^= change

    with pytest.raises(CannotUnlock):
        open_value(KEY, bytes(locked), bound_to="here")


@pytest.mark.django_db
def test_a_subject_has_one_key_however_often_it_is_asked():
    first = keys_for(["person:1", "person:2"])

    assert keys_for(["person:2", "person:1"]) == first
    assert SubjectKey.objects.count() == 2
    assert first["person:1"] != first["person:2"]


@pytest.mark.django_db
def test_a_key_is_not_found_in_its_row():
    key = keys_for(["person:1"])["person:1"]
    row = bytes(SubjectKey.objects.get().locked_key)

    assert key not in row
    assert key.hex().encode() not in row


@pytest.mark.django_db
def test_without_its_key_a_value_is_gone_and_the_audit_finds_no_fault():
    actions.register_person(by=SYSTEM, username="li", name="李某")
    deed = Deed.objects.get()
    assert deed.kept("person") is not None

    SubjectKey.objects.all().delete()
    sequence()

    assert deed.kept("person") is None
    assert list(audit_all()) == []


@pytest.fixture
def empty_database(db: None) -> Iterator[BaseDatabaseWrapper]:
    """A database without tables in the place of the other, for as long as the test lasts."""
    usual, name = connections["default"], f"empty_{secrets.token_hex(8)}"
    wanted = {key: value for key, value in usual.get_connection_params().items() if key in ADDRESS}
    with psycopg.connect(**wanted | {"dbname": "postgres"}, autocommit=True) as maintenance:
        maintenance.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        connections["default"] = usual.copy()
        connections["default"].settings_dict["NAME"] = name
        try:
            yield connections["default"]
        finally:
            connections["default"].close()
            connections["default"] = usual
            maintenance.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(name)))


def test_r13_values_kept_before_are_locked_by_the_upgrade(empty_database):
    """A database of the time before the lock, with a value of old, brought up to date."""
    executor = MigrationExecutor(empty_database)
    newest = executor.loader.graph.leaf_nodes("parties")
    executor.migrate([("parties", "0011_waiting_rows")])
    old = executor.loader.project_state([("parties", "0011_waiting_rows")]).apps
    salt, person, deed = secrets.token_bytes(SALT_BYTES), uuid4(), uuid4()
    facts = {"clauses": [], "public": {}, "business_date": "2026-01-05"}
    old.get_model("parties", "Deed").objects.create(
        id=deed,
        verb="ask",
        on="x",
        party="citizen",
        person=person,
        leaf=uuid4(),
        done_at=timezone.now(),
        **facts,
    )
    old.get_model("parties", "SealedValue").objects.create(
        deed_id=deed, field="text", salt=salt, value="原来的话"
    )
    old.get_model("parties", "SealedRow").objects.create(
        deed_id=deed, row=7, secret=salt, values={"payee": "赵小明"}
    )

    MigrationExecutor(empty_database).migrate(newest)

    kept = SealedValue.objects.get(deed=deed)
    assert kept.subject == f"person:{person}"
    assert kept.opened(keys_of([kept.subject])) == (salt, "原来的话")
    row = SealedRow.objects.get(deed=deed)
    assert (row.row, row.subject) == (7, kept.subject)
    assert row.opened(keys_of([row.subject])).private == {"payee": "赵小明"}
    assert row.opened(keys_of([row.subject])).secret == salt
