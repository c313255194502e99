"""No byte of rows that entered as one deed is another without the audit naming it (QUALITY S65)."""

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st
from psycopg import sql

from apps.parties.test_batches import entered, rows
from apps.trust.administrator import alter, by_sql, undone
from apps.trust.installation import number_all
from gongzhi.parties.auditing import audit_all
from gongzhi.parties.models import Deed
from gongzhi.words import say

pytestmark = pytest.mark.django_db

COUNT = 300  # a full tile, a partial one, and one above
CONTENTS = {
    "parties_batchbundle": "records",
    "parties_batchtile": "hashes",
    "parties_sealedrow": "locked",
}
DEEP_STEP = 31  # no divisor of what a hash or a row is long
LONGER = (
    "UPDATE parties_batchbundle SET records = records || '\\x000178' WHERE number = 1",
    "UPDATE parties_batchtile SET hashes = hashes || sha256('x') WHERE level = 0 AND number = 1",
    "UPDATE parties_batchtile SET hashes = hashes || sha256('x') WHERE level = 1",
    "DELETE FROM parties_batchbundle WHERE number = 1",
    "DELETE FROM parties_batchtile WHERE level = 1",
)


@pytest.fixture
def batch() -> Deed:
    """A batch in the log, and an administrator whom no trigger stops."""
    deed = entered(rows(COUNT))
    number_all()
    assert found() == []
    by_sql("SET CONSTRAINTS ALL IMMEDIATE")
    for table in CONTENTS:
        by_sql(sql.SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(sql.Identifier(table)))
    return deed


def found() -> list[str]:
    return [say(said, "zh") for said in audit_all()]


def contents() -> list[tuple[str, str, dict[str, str], bytes]]:
    """Every content with its table, its column and the row that it is in."""
    rows_of = []
    for table, column in CONTENTS.items():
        query = sql.SQL("SELECT ctid::text, {} FROM {}")
        with connection.cursor() as cursor:
            cursor.execute(query.format(sql.Identifier(column), sql.Identifier(table)))
            rows_of += [(table, column, {"ctid": at}, bytes(held)) for at, held in cursor]
    return rows_of


def test_s65_no_altered_byte_of_a_batch_goes_unnoticed(batch: Deed, deep: bool):
    everything = contents()
    assert {table for table, *_ in everything} == set(CONTENTS)

    def is_noticed(number: int, at: int, change: int) -> bool:
        table, column, row, content = everything[number]
        other = content[:at] + bytes([content[at] ^ change]) + content[at + 1 :]
        with undone():
            alter(table, column, other, at=row)
            return next(audit_all(), None) is not None

    @settings(max_examples=30)
    @given(st.data())
    def sampled(data: st.DataObject) -> None:
        table = data.draw(st.sampled_from(sorted(CONTENTS)))
        numbers = [number for number, (other, *_) in enumerate(everything) if other == table]
        number = data.draw(st.sampled_from(numbers))
        at = data.draw(st.integers(0, len(everything[number][-1]) - 1))
        assert is_noticed(number, at, data.draw(st.integers(1, 255)))

    sampled()
    for number, (table, *_, content) in enumerate(everything if deep else ()):
        step = DEEP_STEP if table != "parties_sealedrow" or number % DEEP_STEP else 1
        for at in range(0, len(content), step):
            assert is_noticed(number, at, 1), (table, at)


@pytest.mark.parametrize("statement", LONGER)
def test_s65_what_is_longer_or_gone_is_noticed(batch: Deed, statement: str):
    assert by_sql(statement) == 1
    assert found() != []
