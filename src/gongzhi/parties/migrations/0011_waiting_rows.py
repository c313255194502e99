"""Rows of deeds whose author and moment stay hidden wait here; they never change."""

import uuid

from django.db import migrations, models

RULE = """
CREATE TRIGGER only_added_or_taken BEFORE UPDATE ON parties_waitingrow
    FOR EACH ROW EXECUTE FUNCTION parties_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("parties", "0010_batches")]
    operations = [
        migrations.CreateModel(
            name="WaitingRow",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        primary_key=True, default=uuid.uuid4, editable=False, serialize=False
                    ),
                ),
                ("verb", models.CharField(max_length=60)),
                ("closes_with", models.CharField(max_length=100, blank=True)),
                ("day", models.DateField()),
                ("locked", models.BinaryField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["verb", "closes_with", "day"], name="rows_by_pool")
                ]
            },
        ),
        migrations.RunSQL(RULE, migrations.RunSQL.noop),
    ]
