"""The log's tables grow; the database refuses everything else."""

import os

import pytest
from django.db import IntegrityError, connection, transaction

from apps.trust.entries import leave_many
from gongzhi.trust.models import Bundle, Head, LogRow, PendingLeaf, SignedCheckpoint, Tile
from gongzhi.trust.proofs import head
from gongzhi.trust.sequencing import sequence

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_app(transactional_db):
    """Connect as the role under which an installation runs."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = 'gongzhi_app'")
        if "DATABASE_URL" in os.environ or not cursor.fetchone():
            pytest.skip("this server has no role of its own for the app")
    owner = connection.settings_dict["USER"]
    connection.close()
    connection.settings_dict["USER"] = "gongzhi_app"
    yield
    connection.close()
    connection.settings_dict["USER"] = owner


@pytest.fixture
def log():
    """A log with a bundle, a tail, and leaves that wait."""
    leave_many(300)
    sequence()
    leave_many(2, first=300)


def refused(statement):
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except IntegrityError as error:
        return error.__cause__.sqlstate == "23001"  # restrict_violation: a trigger's word
    return False


def counts():
    models = (PendingLeaf, LogRow, Bundle, Tile, Head, SignedCheckpoint)
    return [model.objects.count() for model in models]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE trust_pendingleaf SET entry = 'x'",
        "UPDATE trust_logrow SET entry = 'x' WHERE index = 299",
        "UPDATE trust_logrow SET index = 1000 WHERE index = 299",
        "DELETE FROM trust_logrow WHERE index = 299",
        "DELETE FROM trust_logrow",
        "UPDATE trust_bundle SET entries = 'x'",
        "DELETE FROM trust_bundle",
        "UPDATE trust_tile SET hashes = substring(hashes FROM 1 FOR 32) WHERE level = 0",
        "UPDATE trust_tile SET hashes = sha256('x') || substring(hashes FROM 33)",
        "UPDATE trust_tile SET number = number + 10",
        "DELETE FROM trust_tile",
        "UPDATE trust_head SET size = 299",
        "UPDATE trust_head SET root = sha256('x')",
        "DELETE FROM trust_head",
        "UPDATE trust_signedcheckpoint SET note = 'x'",
        "DELETE FROM trust_signedcheckpoint",
    ],
)
def test_s65_no_row_of_the_log_is_changed_or_removed(log, statement):
    before = counts()
    assert refused(statement)
    assert counts() == before


@pytest.mark.parametrize(
    "table", ["pendingleaf", "logrow", "bundle", "tile", "head", "signedcheckpoint"]
)
def test_s65_no_table_of_the_log_is_emptied_outside_a_test_database(log, table):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_triggerdef(t.oid), pg_get_functiondef(t.tgfoid) FROM pg_trigger t"
            " WHERE tgrelid = %s::regclass AND tgtype & 32 <> 0",
            [f"trust_{table}"],
        )
        [(trigger, function)] = cursor.fetchall()
    assert "BEFORE TRUNCATE" in trigger
    assert r"current_database() LIKE 'test\_%'" in function


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO trust_head VALUES (2, 0, sha256(''))",
        "INSERT INTO trust_logrow (index, leaf, entry) VALUES (-1, gen_random_uuid(), 'x')",
        "INSERT INTO trust_logrow SELECT 300, gen_random_uuid(), (repeat('x', 65536))::bytea",
        "INSERT INTO trust_tile (level, number, hashes) VALUES (0, 9, 'short')",
        "INSERT INTO trust_bundle VALUES (9, 'x', 'x', 0, 0)",
    ],
)
def test_what_can_not_be_a_row_of_the_log_is_not_stored(log, statement):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_app_has_not_even_the_right_to_change_what_is_final(log):
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = 'gongzhi_app'")
        if not cursor.fetchone():
            pytest.skip("this database has one role only")
        for table, right in (
            ("bundle", "UPDATE"),
            ("bundle", "DELETE"),
            ("signedcheckpoint", "UPDATE"),
            ("signedcheckpoint", "DELETE"),
            ("logrow", "UPDATE"),
            ("pendingleaf", "UPDATE"),
            ("tile", "DELETE"),
            ("head", "DELETE"),
            ("bundle", "TRUNCATE"),
        ):
            cursor.execute(
                "SELECT has_table_privilege('gongzhi_app', %s, %s)", [f"trust_{table}", right]
            )
            assert cursor.fetchone() == (False,), (table, right)


@pytest.mark.django_db(transaction=True)
def test_a_pending_leaf_goes_only_when_it_has_its_number():
    with transaction.atomic():
        leave_many(2)
    assert refused("DELETE FROM trust_pendingleaf")
    assert PendingLeaf.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_the_app_can_number_what_waits(as_app):
    with transaction.atomic():
        leave_many(300)
    assert sequence() == 300
    assert head().checkpoint.size == 300
