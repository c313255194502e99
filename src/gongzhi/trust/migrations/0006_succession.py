"""Which key signed up to which size, where one log followed another; only added to."""

from django.db import migrations, models

RULES = """
ALTER TABLE trust_succession ADD CONSTRAINT succession_has_a_root
    CHECK (size > 0 AND octet_length(root) = 32 AND former <> key);
CREATE TRIGGER succession_is_fixed BEFORE UPDATE OR DELETE ON trust_succession
    FOR EACH STATEMENT EXECUTE FUNCTION trust_refuse();
CREATE TRIGGER successions_are_not_emptied BEFORE TRUNCATE ON trust_succession
    FOR EACH STATEMENT EXECUTE FUNCTION trust_refuse_truncate();
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'gongzhi_app') THEN
        REVOKE UPDATE, DELETE ON trust_succession FROM gongzhi_app;
    END IF;
END $$;
"""


class Migration(migrations.Migration):
    """The table and what it refuses."""

    dependencies = [("trust", "0005_swept_queues")]
    operations = [
        migrations.CreateModel(
            name="Succession",
            fields=[
                ("size", models.BigIntegerField(primary_key=True, serialize=False)),
                ("root", models.BinaryField(max_length=32)),
                ("former", models.TextField(unique=True)),
                ("key", models.TextField(unique=True)),
                ("deed", models.UUIDField(unique=True)),
            ],
            options={"ordering": ["size"]},
        ),
        migrations.RunSQL(RULES, migrations.RunSQL.noop),
    ]
