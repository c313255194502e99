"""What was attached isn't changed; who opened what is only added, and kept for half a year.

Half a year is what rules/keeping says; a longer period there is held by the job alone.
"""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION desk_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are not changed', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE FUNCTION desk_refuse_early_purge() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.opened_at > now() - interval '6 months' THEN
        RAISE EXCEPTION 'rows of % are kept for six months', TG_TABLE_NAME
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN OLD;
END $$;
"""
TRIGGERS = """
CREATE TRIGGER not_changed BEFORE UPDATE ON desk_content
    FOR EACH ROW EXECUTE FUNCTION desk_refuse_change();
CREATE TRIGGER only_withdrawn BEFORE UPDATE ON desk_attachment
    FOR EACH ROW WHEN (
        (OLD.about, OLD.name, OLD.content_id, OLD.label, OLD.organisation_id)
        IS DISTINCT FROM (NEW.about, NEW.name, NEW.content_id, NEW.label, NEW.organisation_id)
        OR OLD.stage = 'withdrawn'
    ) EXECUTE FUNCTION desk_refuse_change();
CREATE TRIGGER only_added BEFORE UPDATE ON desk_opening
    FOR EACH ROW EXECUTE FUNCTION desk_refuse_change();
CREATE TRIGGER kept_long_enough BEFORE DELETE ON desk_opening
    FOR EACH ROW EXECUTE FUNCTION desk_refuse_early_purge();
"""
UNDO = """
DROP TRIGGER not_changed ON desk_content;
DROP TRIGGER only_withdrawn ON desk_attachment;
DROP TRIGGER only_added ON desk_opening;
DROP TRIGGER kept_long_enough ON desk_opening;
DROP FUNCTION desk_refuse_change();
DROP FUNCTION desk_refuse_early_purge();
"""


class Migration(migrations.Migration):
    dependencies = [("desk", "0002_what_the_desk_remembers")]
    operations = [migrations.RunSQL(FUNCTIONS + TRIGGERS, UNDO)]
