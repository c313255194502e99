"""Whatever somebody with all rights alters, deletes or inserts in the log's tables is named.

The cases are made from the models themselves: a new table or column is altered too, and stands
in `UNNOTICED` with its reason or is noticed (QUALITY S65).
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.db import connection, models
from hypothesis import given, settings
from hypothesis import strategies as st
from psycopg import sql

import city_hall
from apps.parties.casting import member
from apps.trust.administrator import alter, by_sql, delete, take_all_rights, undone
from apps.trust.entries import leave_many
from core.ledger.signers import signer
from gongzhi.core.charter import SYSTEM
from gongzhi.core.ledger.keys import KeyKind, Signer
from gongzhi.core.ledger.note import read_note
from gongzhi.parties.actions import witnesses as actions
from gongzhi.parties.actions.succession import succeed_log
from gongzhi.parties.auditing import audit_all
from gongzhi.trust.cosignatures import take
from gongzhi.trust.models import Anchor, PendingLeaf, SignedCheckpoint, WitnessContact
from gongzhi.trust.sequencing import sequence
from gongzhi.trust.succession import change_keys, ended, successor
from gongzhi.trust.witnesses import Candidate
from gongzhi.words import say

pytestmark = pytest.mark.django_db

OWN_CLOCK = "the installation's own clock says so; what counts is the moments that witnesses sign"
ROW_NUMBER = "a row's own number, which nothing points at and nothing is ordered by"
LEFT_OUT = {
    PendingLeaf: "not in the log yet: the register misses the entry of its deed",
    WitnessContact: "what the log believes a witness to know; the witness corrects it (409)",
}
# Columns in which an alteration can't be noticed, with the reason.
UNNOTICED = {
    ("SignedCheckpoint", "signed_at"): OWN_CLOCK,
    ("Cosignature", "received_at"): OWN_CLOCK,
    ("Anchor", "anchored_at"): OWN_CLOCK,
    ("Witness", "address"): "of one that is retired: it is asked no more",
    ("Cosignature", "id"): ROW_NUMBER,
    ("Anchor", "id"): ROW_NUMBER,
}
# Rows that may go without being missed: the log then says less than it could, and nothing untrue.
UNMISSED = {
    "SignedCheckpoint": "one that nobody cosigned; if it was the newest, the same is signed again",
    "Cosignature": "one beyond what the quorum asks for; the witness still has it",
    "Anchor": "it follows from the cosignatures, and is made again with the next one",
}
LETTERS = "abcde"
TABLES = [model for model in apps.get_app_config("trust").get_models() if model not in LEFT_OUT]
COLUMNS = [(model, field) for model in TABLES for field in model._meta.concrete_fields]


def witness(letter: str) -> Signer:
    return signer(f"witness {letter}", name=f"{letter}.example", kind=KeyKind.COSIGNATURE)


@pytest.fixture
def log() -> None:
    """A bundle and a tail; five witnesses, one retired; cosigned, grown, and under another key."""
    unit = city_hall.unit("1", within=city_hall.region())
    issuer, guard = member(unit.organisation, "issuer"), member(unit.organisation, "security_admin")
    for letter in LETTERS:
        organisation = unit.organisation.pk if letter in "ab" else None
        actions.admit_witness(by=issuer, candidate=candidate(letter, organisation=organisation))
    actions.set_quorum(by=issuer, threshold=4)
    leave_many(256 - PendingLeaf.objects.count())
    _grow_and_cosign(LETTERS)
    actions.retire_witness(by=guard, name="a.example", reason="偷")
    actions.set_quorum(by=issuer, threshold=3)
    _grow_and_cosign("bcde")
    actions.set_quorum(by=issuer, threshold=4)
    _grow_and_cosign("")
    assert Anchor.objects.count() >= 2
    _follow()
    assert found() == []
    take_all_rights()


def candidate(letter: str, *, organisation: UUID | None) -> Candidate:
    return Candidate(
        key=witness(letter).verifier.text,
        operator=letter,
        organisation=organisation,
        address="" if letter == "e" else f"https://{letter}.example",
    )


def _follow() -> None:
    """Another log goes on from here."""
    former, key = ended(), successor("log.example/2").verifier
    succeed_log(by=SYSTEM, former=former, successor=key, reason="renewed", begins=True)
    change_keys(former.key)
    _grow_and_cosign("")


def _grow_and_cosign(letters: str) -> None:
    while sequence():
        pass
    note = read_note(SignedCheckpoint.objects.last().note)
    for letter in letters:
        take(note.signed(witness(letter), at=1_790_000_000).content)


def found() -> list[str]:
    return [say(said, "zh") for said in audit_all()]


def altered(value: Any, field: models.Field) -> Iterator[Any]:
    """Other values that a column can take instead."""
    if field.null:
        yield None if value is not None else _other(None, field)
    if value is not None:
        yield _other(value, field)


def _other(value: Any, field: models.Field) -> Any:
    match value:
        case int():
            return value + 1000
        case UUID():
            return uuid4()
        case datetime():
            return value + timedelta(days=1)
        case bytes() | memoryview():
            return bytes([bytes(value)[0] ^ 1]) + bytes(value)[1:]
        case str():
            return value[:-1] + ("y" if value.endswith("x") else "x")
    is_moment = isinstance(field, models.DateTimeField)
    return datetime.fromisoformat("2026-01-01T00:00+00:00") if is_moment else uuid4()


def rows_of(model: type[models.Model]) -> list[dict[str, Any]]:
    """The first and the last row of a table."""
    rows = list(model._base_manager.order_by(*_keys(model)).values())
    assert rows, f"the log under test has no {model.__name__}"
    return [rows[0], rows[-1]] if len(rows) > 1 else rows


def _keys(model: type[models.Model]) -> list[str]:
    parts = getattr(model._meta.pk, "fields", [model._meta.pk])
    return [part.attname for part in parts]


def _key(model: type[models.Model], row: dict[str, Any]) -> dict[str, Any]:
    return {key: row[key] for key in _keys(model)}


def test_s65_every_altered_column_of_the_log_is_noticed(log):
    unnoticed = set()
    for model, field in COLUMNS:
        for row in rows_of(model):
            for value in altered(row[field.attname], field):
                with undone():
                    alter(model._meta.db_table, field.column, value, at=_key(model, row))
                    if not found():
                        unnoticed.add((model.__name__, field.name))
    assert unnoticed == set(UNNOTICED)


def test_s65_every_row_that_goes_is_missed(log):
    unmissed = set()
    for model in TABLES:
        for row in rows_of(model):
            with undone():
                delete(model._meta.db_table, at=_key(model, row))
                if not found():
                    unmissed.add(model.__name__)
    assert unmissed == set(UNMISSED)


def test_s65_where_a_witness_is_asked_is_noticed(log):
    assert by_sql("UPDATE trust_witness SET address = 'https://x' WHERE name = 'b.example'") == 1
    assert found() == ["第 9 号信任策略不完整，或者与见证方的登记不符：被改动过"]


INSERTED = """
INSERT INTO trust_logrow SELECT 7, gen_random_uuid(), entry FROM trust_logrow LIMIT 1;
INSERT INTO trust_logrow SELECT 9999, gen_random_uuid(), entry FROM trust_logrow LIMIT 1;
INSERT INTO trust_bundle SELECT 40, entries, leaves, oldest_ms, newest_ms FROM trust_bundle;
INSERT INTO trust_tile VALUES (0, 40, sha256('x'));
INSERT INTO trust_tile VALUES (6, 0, sha256('x'));
INSERT INTO trust_head VALUES (2, 0, sha256(''));
INSERT INTO trust_signedcheckpoint
    SELECT 1, note, key, signed_at FROM trust_signedcheckpoint LIMIT 1;
INSERT INTO trust_witness (name, key, operator, address, admitted_by, admitted_at)
    VALUES ('x', 'x', 'x', '', gen_random_uuid(), now());
INSERT INTO trust_quorum
    SELECT number + 1, text, threshold, deed, since_at FROM trust_quorum
    ORDER BY number DESC LIMIT 1;
INSERT INTO trust_cosignature (checkpoint_id, witness_id, line, stated_at_s, received_at)
    SELECT max(size), min(witness_id), min(line), min(stated_at_s), now()
    FROM trust_signedcheckpoint, trust_cosignature;
INSERT INTO trust_anchor (checkpoint_id, quorum_id, anchored_at)
    SELECT max(size), 6, now() FROM trust_signedcheckpoint
"""


def test_s65_every_row_that_is_slipped_in_is_noticed(log):
    for statement in INSERTED.split(";"):
        with undone():
            assert by_sql(statement) == 1
            assert found() != [], statement


# Contents of which no byte can be another.
CONTENTS = {
    "row": ("trust_logrow", "entry"),
    "bundle": ("trust_bundle", "entries"),
    "tile": ("trust_tile", "hashes"),
    "root": ("trust_head", "root"),
    "note": ("trust_signedcheckpoint", "note"),
    "cosignature": ("trust_cosignature", "line"),
    "policy": ("trust_quorum", "text"),
    "key": ("trust_witness", "key"),
}
DEEP_STEP = 31  # no divisor of what a hash, an identifier or an entry is long


def contents() -> list[tuple[str, str, dict[str, str], bytes | str]]:
    """Every content with its table, its column and the row that it is in."""
    found = []
    for table, column in CONTENTS.values():
        query = sql.SQL("SELECT ctid::text, {} FROM {}")
        with connection.cursor() as cursor:
            cursor.execute(query.format(sql.Identifier(column), sql.Identifier(table)))
            found += [(table, column, {"ctid": row}, value) for row, value in cursor.fetchall()]
    return found


def another(content: Any, at: int, change: int) -> bytes | str:
    """The same with one byte, or one letter, another."""
    if isinstance(content, str):
        fresh = chr(33 + (ord(content[at]) + change) % 90)
        fresh = fresh if fresh != content[at] else "!"
        return content[:at] + fresh + content[at + 1 :]
    whole = bytes(content)
    return whole[:at] + bytes([whole[at] ^ change]) + whole[at + 1 :]


def test_s65_no_altered_byte_of_the_log_goes_unnoticed(log, deep):
    everything = contents()
    assert {table for table, *_ in everything} == {table for table, _ in CONTENTS.values()}

    def is_noticed(number: int, at: int, change: int) -> bool:
        table, column, row, content = everything[number]
        with undone():
            alter(table, column, another(content, at, change), at=row)
            return next(audit_all(), None) is not None

    @settings(max_examples=60)
    @given(st.data())
    def sampled(data: st.DataObject) -> None:
        number = data.draw(st.integers(0, len(everything) - 1))
        at = data.draw(st.integers(0, len(everything[number][-1]) - 1))
        assert is_noticed(number, at, data.draw(st.integers(1, 255)))

    sampled()
    for number, (*_, content) in enumerate(everything if deep else ()):
        step = DEEP_STEP if len(content) > 2000 else 1
        for at in range(0, len(content), step):
            assert is_noticed(number, at, 1), (everything[number][:2], at)
