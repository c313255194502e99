"""Rows of the register are added and never changed; a sealed value alone may be erased."""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION parties_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are only added', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
"""
TRIGGERS = """
CREATE TRIGGER only_added BEFORE UPDATE OR DELETE ON parties_deed
    FOR EACH ROW EXECUTE FUNCTION parties_refuse_change();
CREATE TRIGGER only_added BEFORE UPDATE OR DELETE ON parties_refuseddeed
    FOR EACH ROW EXECUTE FUNCTION parties_refuse_change();
CREATE TRIGGER only_added_or_erased BEFORE UPDATE ON parties_sealedvalue
    FOR EACH ROW EXECUTE FUNCTION parties_refuse_change();
"""
UNDO = """
DROP TRIGGER only_added ON parties_deed;
DROP TRIGGER only_added ON parties_refuseddeed;
DROP TRIGGER only_added_or_erased ON parties_sealedvalue;
DROP FUNCTION parties_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("parties", "0001_initial")]
    operations = [migrations.RunSQL(FUNCTION + TRIGGERS, UNDO)]
