"""Whoever changes the register behind the log's back is named by the audit (QUALITY S65)."""

from typing import Any

import pytest
from django.db import connection

import city_hall
from gongzhi.parties.auditing import audit_all
from gongzhi.parties.models import Deed, SealedValue
from gongzhi.trust.proofs import index_of
from gongzhi.trust.sequencing import sequence
from gongzhi.words import say

pytestmark = pytest.mark.django_db


@pytest.fixture
def deed() -> Deed:
    """The last of some deeds, all of them sealed."""
    city_hall.unit("1", within=city_hall.region())
    while sequence():
        pass
    return Deed.objects.filter(sealed_values__isnull=False).last()


def found() -> list[str]:
    return [say(said, "zh") for said in audit_all()]


def by_sql(statement: str, *values: Any) -> None:
    """What a database administrator can do: the triggers are off."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for switch in ("DISABLE", "ENABLE"):
            for table in ("parties_deed", "parties_sealedvalue"):
                cursor.execute(f"ALTER TABLE {table} {switch} TRIGGER USER")
            if switch == "DISABLE":
                cursor.execute(statement, values)
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_register_that_tells_what_the_log_tells_passes(deed: Deed):
    assert found() == []


@pytest.mark.parametrize(
    ("column", "value", "field"),
    [
        ("verb", "'register_region'", "verb"),
        ("party", "'government:somebody-else'", "party"),
        ('"on"', "'region:elsewhere'", "on"),
        ("clauses", "'[\"9.9\"]'", "clause"),
        ("public", "public || '{\"more\": 1}'", "public"),
        ("business_date", "business_date - 1", "business_date"),
        ("done_at", "done_at - interval '1 microsecond'", "done_at"),
    ],
)
def test_s65_an_altered_deed_is_named_with_its_field(
    deed: Deed, column: str, value: str, field: str
):
    by_sql(f"UPDATE parties_deed SET {column} = {value} WHERE id = %s", deed.pk)  # noqa: S608

    assert found() == [f"第 {index_of(deed.leaf)} 条存证所记的办理与登记不符：{field} 被改动过"]


def test_s65_a_deed_that_was_deleted_is_missed(deed: Deed):
    by_sql("DELETE FROM parties_sealedvalue WHERE deed_id = %s", deed.pk)
    by_sql("DELETE FROM parties_deed WHERE id = %s", deed.pk)

    assert found() == [f"第 {index_of(deed.leaf)} 条存证所记的办理不在登记中"]


def test_s65_an_altered_private_value_breaks_its_promise(deed: Deed):
    kept = SealedValue.objects.filter(deed=deed).first()
    by_sql("UPDATE parties_sealedvalue SET locked = locked || '\\x00' WHERE id = %s", kept.pk)

    expected = f"第 {index_of(deed.leaf)} 条存证所承诺的值与保存的不符：{kept.field} 被改动过"
    assert found() == [expected]


def test_an_erased_private_value_is_no_fault(deed: Deed):
    SealedValue.objects.filter(deed=deed).delete()
    assert found() == []


def test_s65_a_deed_that_never_was_is_found(deed: Deed):
    by_sql(
        'INSERT INTO parties_deed SELECT gen_random_uuid(), verb, "on", party, person, office,'
        " clauses, public, because, gen_random_uuid(), business_date, done_at"
        " FROM parties_deed WHERE id = %s",
        deed.pk,
    )
    assert [text.endswith("没有存证") for text in found()] == [True]


def test_a_deed_that_waits_for_its_number_is_no_fault(deed: Deed):
    city_hall.region("990101")
    assert found() == []
