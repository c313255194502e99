"""Steps, sheets, answers and letters of judging stay as they were written: only added."""

from django.db import migrations

TABLES = (
    "evaluationstep",
    "gapexplanation",
    "inquirypoint",
    "inquirystep",
    "rectificationstep",
    "reportversion",
    "scoresheet",
    "serviceanswer",
    "servicecheck",
    "workingpaper",
)
ONLY_ADDED = "".join(
    f"CREATE TRIGGER only_added BEFORE UPDATE OR DELETE ON cycle_{table}"
    " FOR EACH ROW EXECUTE FUNCTION parties_refuse_change();\n"
    for table in TABLES
)
# Who may read a letter can change; what it says can't.
LETTERS = """
CREATE FUNCTION cycle_refuse_changing_letters() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF to_jsonb(OLD) - 'label' <> to_jsonb(NEW) - 'label' THEN
        RAISE EXCEPTION 'a letter that went out is never rewritten'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER never_rewritten BEFORE UPDATE ON cycle_feedback
 FOR EACH ROW EXECUTE FUNCTION cycle_refuse_changing_letters();
CREATE TRIGGER never_deleted BEFORE DELETE ON cycle_feedback
 FOR EACH ROW EXECUTE FUNCTION parties_refuse_change();
"""
UNDO = "".join(f"DROP TRIGGER only_added ON cycle_{table};\n" for table in TABLES) + """
DROP TRIGGER never_rewritten ON cycle_feedback;
DROP TRIGGER never_deleted ON cycle_feedback;
DROP FUNCTION cycle_refuse_changing_letters;
"""


class Migration(migrations.Migration):
    dependencies = [("cycle", "0029_reports_of_evaluations")]

    operations = [migrations.RunSQL(ONLY_ADDED + LETTERS, UNDO)]
