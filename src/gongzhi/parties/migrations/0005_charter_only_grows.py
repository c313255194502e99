"""What was decided on the rules stays; an amendment moves on until it is issued or withdrawn."""

from django.db import migrations

ADDED = [
    "parties_charterversion",
    "parties_adoption",
    "parties_amendmenttext",
    "parties_amendmentcomment",
    "parties_amendmentreview",
]
FUNCTION = """
CREATE FUNCTION parties_refuse_rewriting_amendment() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    free text[] := ARRAY['stage', 'revision', 'comments_until', 'base_id'];
BEGIN
    IF OLD.stage IN ('issued', 'withdrawn') OR to_jsonb(OLD) - free <> to_jsonb(NEW) - free THEN
        RAISE EXCEPTION 'an amendment moves on until it is issued or withdrawn'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER only_moved_on BEFORE UPDATE ON parties_amendment
    FOR EACH ROW EXECUTE FUNCTION parties_refuse_rewriting_amendment();
CREATE TRIGGER never_deleted BEFORE DELETE ON parties_amendment
    FOR EACH ROW EXECUTE FUNCTION parties_refuse_change();
"""
TRIGGER = """
CREATE TRIGGER only_added BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION parties_refuse_change();
"""
UNDO = """
DROP TRIGGER only_moved_on ON parties_amendment;
DROP TRIGGER never_deleted ON parties_amendment;
DROP FUNCTION parties_refuse_rewriting_amendment();
"""


class Migration(migrations.Migration):
    dependencies = [("parties", "0004_charter_versions")]
    operations = [
        migrations.RunSQL(FUNCTION, UNDO),
        *(
            migrations.RunSQL(TRIGGER.format(table=table), f"DROP TRIGGER only_added ON {table};")
            for table in ADDED
        ),
    ]
