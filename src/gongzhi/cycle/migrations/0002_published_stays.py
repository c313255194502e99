"""A draft may be published or withdrawn; beyond that, versions and answers never change."""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION cycle_refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    free text[] := ARRAY['number', 'stage', 'published_on'];
BEGIN
    IF OLD.stage NOT IN ('draft', 'correction') OR to_jsonb(OLD) - free <> to_jsonb(NEW) - free THEN
        RAISE EXCEPTION 'a version of a form is published or withdrawn, never rewritten'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
"""
TRIGGERS = """
CREATE TRIGGER never_rewritten BEFORE UPDATE ON cycle_formversion
    FOR EACH ROW EXECUTE FUNCTION cycle_refuse_rewriting();
CREATE TRIGGER never_deleted BEFORE DELETE ON cycle_formversion
    FOR EACH ROW EXECUTE FUNCTION parties_refuse_change();
CREATE TRIGGER only_added BEFORE UPDATE OR DELETE ON cycle_answer
    FOR EACH ROW EXECUTE FUNCTION parties_refuse_change();
"""
UNDO = """
DROP TRIGGER never_rewritten ON cycle_formversion;
DROP TRIGGER never_deleted ON cycle_formversion;
DROP TRIGGER only_added ON cycle_answer;
DROP FUNCTION cycle_refuse_rewriting();
"""


class Migration(migrations.Migration):
    dependencies = [("cycle", "0001_initial"), ("parties", "0002_only_added")]
    operations = [migrations.RunSQL(FUNCTION + TRIGGERS, UNDO)]
