"""Facts, readings and steps are only added; approved goals never change, nor does an alert's cause.

A fact's project and unit may be found later than the fact itself, once, and only where it had none.
"""

from django.db import migrations

ONLY_ADDED = [
    "cycle_goalindicator",
    "cycle_goalstep",
    "cycle_delivery",
    "cycle_budgetact",
    "cycle_appraisal",
    "cycle_profile",
    "cycle_reading",
    "cycle_settlement",
    "cycle_submission",
    "cycle_alertstep",
    "cycle_savedmapping",
]
FACTS = ["cycle_payment", "cycle_budgetline", "cycle_contract"]
FUNCTIONS = """
CREATE FUNCTION cycle_refuse_changing_goals() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    free text[] := ARRAY['number', 'stage', 'approved_on', 'document_number'];
BEGIN
    IF OLD.stage IN ('approved', 'returned', 'withdrawn')
       OR to_jsonb(OLD) - free <> to_jsonb(NEW) - free THEN
        RAISE EXCEPTION 'goals are examined or withdrawn, never rewritten'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION cycle_refuse_changing_facts() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    free text[] := ARRAY['project_id', 'unit_id'];
BEGIN
    IF to_jsonb(OLD) - free <> to_jsonb(NEW) - free
       OR (OLD.project_id IS NOT NULL AND OLD.project_id IS DISTINCT FROM NEW.project_id)
       OR (OLD.unit_id IS NOT NULL AND OLD.unit_id IS DISTINCT FROM NEW.unit_id) THEN
        RAISE EXCEPTION 'a fact is corrected by a new row, never rewritten'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION cycle_refuse_changing_alerts() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    free text[] := ARRAY['stage', 'label'];
BEGIN
    IF to_jsonb(OLD) - free <> to_jsonb(NEW) - free THEN
        RAISE EXCEPTION 'an alert goes through its stages, its cause is never rewritten'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
"""
TRIGGERS = "".join(
    [
        f"CREATE TRIGGER only_added BEFORE UPDATE OR DELETE ON {table}"
        " FOR EACH ROW EXECUTE FUNCTION parties_refuse_change();\n"
        for table in ONLY_ADDED
    ]
    + [
        f"CREATE TRIGGER never_rewritten BEFORE UPDATE ON {table}"
        " FOR EACH ROW EXECUTE FUNCTION cycle_refuse_changing_facts();\n"
        f"CREATE TRIGGER never_deleted BEFORE DELETE ON {table}"
        " FOR EACH ROW EXECUTE FUNCTION parties_refuse_change();\n"
        for table in FACTS
    ]
    + [
        f"CREATE TRIGGER never_rewritten BEFORE UPDATE ON {table}"
        f" FOR EACH ROW EXECUTE FUNCTION {function}();\n"
        f"CREATE TRIGGER never_deleted BEFORE DELETE ON {table}"
        " FOR EACH ROW EXECUTE FUNCTION parties_refuse_change();\n"
        for table, function in [
            ("cycle_goalversion", "cycle_refuse_changing_goals"),
            ("cycle_alert", "cycle_refuse_changing_alerts"),
        ]
    ]
)
UNDO = "".join(
    [f"DROP TRIGGER only_added ON {table};\n" for table in ONLY_ADDED]
    + [
        f"DROP TRIGGER never_rewritten ON {table};\nDROP TRIGGER never_deleted ON {table};\n"
        for table in [*FACTS, "cycle_goalversion", "cycle_alert"]
    ]
    + [
        "DROP FUNCTION cycle_refuse_changing_goals;\n",
        "DROP FUNCTION cycle_refuse_changing_facts;\n",
        "DROP FUNCTION cycle_refuse_changing_alerts;\n",
    ]
)


class Migration(migrations.Migration):
    dependencies = [
        ("cycle", "0004_what_holds_of_them"),
        ("parties", "0002_only_added"),
    ]
    operations = [migrations.RunSQL(FUNCTIONS + TRIGGERS, UNDO)]
