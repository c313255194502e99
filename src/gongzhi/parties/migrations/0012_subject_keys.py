"""Sealed values are locked with the key of their subject; those that there are, too."""

from typing import Any

from django.db import migrations, models
from django.utils import timezone

from gongzhi.parties.register import bond_of
from gongzhi.parties.subject_keys import lock_value, new_locked_key, opened_key, person_subject

# The lock takes the place of the value within the row; nothing else about it changes.
UNLATCH = "DROP TRIGGER only_added_or_erased ON parties_sealedvalue;"
LATCH = """
CREATE TRIGGER only_added_or_erased BEFORE UPDATE ON parties_sealedvalue
    FOR EACH ROW EXECUTE FUNCTION parties_refuse_change();
"""
ROWS_AT_ONCE = 2000


def lock_what_there_is(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001
    """Lock each value with the key of its deed's party, or of who acted for themselves."""
    rows = apps.get_model("parties", "SealedValue").objects.select_related("deed")
    keys: dict[str, bytes] = {}
    some: list[Any] = []
    for row in rows.iterator(ROWS_AT_ONCE):
        row.subject = _subject(row.deed)
        if row.subject not in keys:
            keys[row.subject] = _key(apps, row.subject)
        bond = bond_of(row.deed_id, row.field)
        key = keys[row.subject]
        row.locked = lock_value(key, value=row.value, salt=bytes(row.salt), bound_to=bond)
        some.append(row)
        if len(some) == ROWS_AT_ONCE:
            _keep(some)
    _keep(some)


def _keep(some: list[Any]) -> None:
    """Write the rows back and let go of them."""
    if some:
        type(some[0]).objects.bulk_update(some, ["subject", "locked"])
        some.clear()


def go_back_only_while_empty(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001
    """What is locked stays locked: only a database without any value can go back."""
    assert not apps.get_model("parties", "SealedValue").objects.exists(), "values are locked"


def _subject(deed: Any) -> str:
    is_own = deed.person is not None and ":" not in deed.party
    return person_subject(deed.person) if is_own else deed.party


def _key(apps: Any, subject: str) -> bytes:
    locked_key = new_locked_key(subject)
    made = {"locked_key": locked_key, "made_at": timezone.now()}
    apps.get_model("parties", "SubjectKey").objects.create(subject=subject, **made)
    return opened_key(locked_key, subject=subject)


class Migration(migrations.Migration):
    """The key table, the locked column, and the values moved into it."""

    dependencies = [("parties", "0011_waiting_rows")]
    operations = [
        migrations.CreateModel(
            name="SubjectKey",
            fields=[
                ("subject", models.CharField(max_length=100, primary_key=True, serialize=False)),
                ("locked_key", models.BinaryField()),
                ("made_at", models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            "sealedvalue",
            "subject",
            models.CharField(default="", max_length=100),
            preserve_default=False,
        ),
        migrations.AddField("sealedvalue", "locked", models.BinaryField(null=True)),
        migrations.RunSQL(UNLATCH, LATCH),
        migrations.RunPython(lock_what_there_is, go_back_only_while_empty),
        migrations.RunSQL(LATCH, UNLATCH),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", ""),
        migrations.RemoveField("sealedvalue", "salt"),
        migrations.RemoveField("sealedvalue", "value"),
        migrations.AlterField("sealedvalue", "locked", models.BinaryField()),
        migrations.AddIndex(
            "sealedvalue", models.Index(fields=["subject"], name="sealed_values_by_subject")
        ),
        # Written anew, the table's file no longer holds what stood there in clear.
        migrations.RunSQL("CLUSTER parties_sealedvalue USING parties_sealedvalue_pkey", ""),
    ]
