"""A delivery waits with its file until its facts are kept; from then on it stays as it is."""

from django.db import migrations, models


FUNCTION = """
CREATE FUNCTION cycle_refuse_changing_deliveries() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    free text[] := ARRAY['stage', 'mappings', 'mode', 'counts', 'problems', 'brought_on'];
BEGIN
    IF OLD.stage <> 'waiting' OR to_jsonb(OLD) - free <> to_jsonb(NEW) - free THEN
        RAISE EXCEPTION 'what a file brought is never rewritten'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER only_added ON cycle_delivery;
UPDATE cycle_delivery SET stage = 'kept';
CREATE TRIGGER never_rewritten BEFORE UPDATE ON cycle_delivery
    FOR EACH ROW EXECUTE FUNCTION cycle_refuse_changing_deliveries();
CREATE TRIGGER never_deleted BEFORE DELETE ON cycle_delivery
    FOR EACH ROW EXECUTE FUNCTION parties_refuse_change();
"""
UNDO = """
DROP TRIGGER never_rewritten ON cycle_delivery;
DROP TRIGGER never_deleted ON cycle_delivery;
DROP FUNCTION cycle_refuse_changing_deliveries;
CREATE TRIGGER only_added BEFORE UPDATE OR DELETE ON cycle_delivery
    FOR EACH ROW EXECUTE FUNCTION parties_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cycle", "0007_what_was_decided_on_suspension"),
        ("parties", "0002_only_added"),
    ]

    operations = [
        migrations.AddField(
            model_name="delivery",
            name="stage",
            field=models.CharField(
                choices=[("waiting", "待导入"), ("kept", "已导入")],
                default="waiting",
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="delivery",
            name="counts",
            field=models.JSONField(default=dict),
        ),
        migrations.AlterField(
            model_name="delivery",
            name="mappings",
            field=models.JSONField(default=list),
        ),
        migrations.AlterField(
            model_name="delivery",
            name="mode",
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(("stage__in", ["waiting", "kept"])),
                name="delivery_stage_is_known",
            ),
        ),
        migrations.RunSQL(FUNCTION, UNDO),
    ]
