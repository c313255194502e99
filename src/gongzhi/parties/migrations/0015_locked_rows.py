"""Private values of rows are locked with the key of their subject; those that there are, too."""

from typing import Any

from django.db import migrations, models
from django.utils import timezone

from gongzhi.parties.batches import row_bond
from gongzhi.parties.subject_keys import lock_value, new_locked_key, opened_key, person_subject

# The lock takes the place of the values within the row; nothing else about it changes.
UNLATCH = "DROP TRIGGER only_added_or_erased ON parties_sealedrow;"
LATCH = """
CREATE TRIGGER only_added_or_erased BEFORE UPDATE ON parties_sealedrow
    FOR EACH ROW EXECUTE FUNCTION parties_refuse_change();
"""
UNBOUND = "ALTER TABLE parties_sealedrow DROP CONSTRAINT row_secret_is_32_bytes"
BOUND = """
ALTER TABLE parties_sealedrow ADD CONSTRAINT row_secret_is_32_bytes
    CHECK (octet_length(secret) = 32)
"""
ROWS_AT_ONCE = 2000
WRITE = """
UPDATE parties_sealedrow SET subject = %s, locked = %s WHERE deed_id = %s AND "row" = %s
"""


def lock_what_there_is(apps: Any, schema_editor: Any) -> None:
    """Lock each row's values with the key of its deed's party, or of who acted for themselves."""
    rows = apps.get_model("parties", "SealedRow").objects.select_related("deed")
    keys: dict[str, bytes] = {}
    some: list[tuple[Any, ...]] = []
    with schema_editor.connection.cursor() as cursor:
        for row in rows.iterator(ROWS_AT_ONCE):
            subject = _subject(row.deed)
            if subject not in keys:
                keys[subject] = _key(apps, subject)
            bond = row_bond(row.deed_id, row.row)
            locked = lock_value(
                keys[subject], value=row.values, salt=bytes(row.secret), bound_to=bond
            )
            some.append((subject, locked, row.deed_id, row.row))
            if len(some) == ROWS_AT_ONCE:
                cursor.executemany(WRITE, some)
                some.clear()
        if some:
            cursor.executemany(WRITE, some)


def go_back_only_while_empty(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001
    """What is locked stays locked: only a database without any such row can go back."""
    assert not apps.get_model("parties", "SealedRow").objects.exists(), "values are locked"


def _subject(deed: Any) -> str:
    is_own = deed.person is not None and ":" not in deed.party
    return person_subject(deed.person) if is_own else deed.party


def _key(apps: Any, subject: str) -> bytes:
    """The subject's key, which earlier values may have brought."""
    made = {"locked_key": new_locked_key(subject), "made_at": timezone.now()}
    keys = apps.get_model("parties", "SubjectKey").objects
    row, _ = keys.get_or_create(subject=subject, defaults=made)
    return opened_key(row.locked_key, subject=subject)


class Migration(migrations.Migration):
    """The locked column, and the values moved into it."""

    dependencies = [("parties", "0014_deeds_in_order")]
    operations = [
        migrations.AddField(
            "sealedrow",
            "subject",
            models.CharField(default="", max_length=100),
            preserve_default=False,
        ),
        migrations.AddField("sealedrow", "locked", models.BinaryField(null=True)),
        migrations.RunSQL(UNLATCH, LATCH),
        migrations.RunPython(lock_what_there_is, go_back_only_while_empty),
        migrations.RunSQL(LATCH, UNLATCH),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", ""),
        migrations.RunSQL(UNBOUND, BOUND),
        migrations.RemoveField("sealedrow", "secret"),
        migrations.RemoveField("sealedrow", "values"),
        migrations.AlterField("sealedrow", "locked", models.BinaryField()),
        migrations.AddIndex(
            "sealedrow", models.Index(fields=["subject"], name="sealed_rows_by_subject")
        ),
        # Written anew, the table's file no longer holds what stood there in clear.
        migrations.RunSQL("CLUSTER parties_sealedrow USING parties_sealedrow_pkey", ""),
    ]
