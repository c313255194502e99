"""Rows that enter the log as one deed: their bytes and hashes are only added, values are erased."""

from django.db import migrations, models
from django.db.models import deletion

# A tile is whole hashes, and hashes don't compress.
RULES = """
ALTER TABLE parties_batchtile ADD CONSTRAINT batch_tile_is_whole_hashes
    CHECK (octet_length(hashes) % 32 = 0 AND octet_length(hashes) BETWEEN 32 AND 256 * 32);
ALTER TABLE parties_batchtile ALTER COLUMN hashes SET STORAGE EXTERNAL;
ALTER TABLE parties_batchbundle ADD CONSTRAINT batch_bundle_holds_something
    CHECK (octet_length(records) > 2);
ALTER TABLE parties_sealedrow ADD CONSTRAINT row_secret_is_32_bytes
    CHECK (octet_length(secret) = 32);
CREATE TRIGGER only_added BEFORE UPDATE OR DELETE ON parties_batchtile
    FOR EACH ROW EXECUTE FUNCTION parties_refuse_change();
CREATE TRIGGER only_added BEFORE UPDATE OR DELETE ON parties_batchbundle
    FOR EACH ROW EXECUTE FUNCTION parties_refuse_change();
CREATE TRIGGER only_added_or_erased BEFORE UPDATE ON parties_sealedrow
    FOR EACH ROW EXECUTE FUNCTION parties_refuse_change();
"""


def key(*fields: str) -> models.CompositePrimaryKey:
    """A key of several columns, as the model's own is."""
    return models.CompositePrimaryKey(
        *fields, blank=True, editable=False, primary_key=True, serialize=False
    )


class Migration(migrations.Migration):
    dependencies = [("parties", "0009_people_kept_in_order")]
    operations = [
        migrations.CreateModel(
            name="BatchTile",
            fields=[
                ("pk", key("deed_id", "level", "number")),
                ("level", models.SmallIntegerField()),
                ("number", models.BigIntegerField()),
                ("hashes", models.BinaryField()),
                (
                    "deed",
                    models.ForeignKey(
                        "parties.deed", deletion.PROTECT, related_name="+", db_index=False
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="BatchBundle",
            fields=[
                ("pk", key("deed_id", "number")),
                ("number", models.BigIntegerField()),
                ("records", models.BinaryField()),
                (
                    "deed",
                    models.ForeignKey(
                        "parties.deed", deletion.PROTECT, related_name="+", db_index=False
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SealedRow",
            fields=[
                ("pk", key("deed_id", "row")),
                ("row", models.BigIntegerField()),
                ("secret", models.BinaryField(max_length=32)),
                ("values", models.JSONField()),
                (
                    "deed",
                    models.ForeignKey(
                        "parties.deed",
                        deletion.PROTECT,
                        related_name="sealed_rows",
                        db_constraint=False,
                        db_index=False,
                    ),
                ),
            ],
            options={"ordering": ["deed_id", "row"]},
        ),
        migrations.RunSQL(RULES, migrations.RunSQL.noop),
    ]
