"""What was said in the forum stays as it was said: columns that may change are named, no other.

A column with "!" may be emptied when its author has their data erased, and never be rewritten.
"""

from django.db import migrations

# Per table: the columns that may change, and while what holds; else the second ones.
MAY_CHANGE = {
    "topic": ("stage", "label"),
    "statement": ("withdrawn_on", "text!"),
    "stance": ("value",),
    "hiding": ("stage",),
    "postreport": ("stage", "note!"),
    "adoptedchange": ("version_id", "decided_id", "decided_by_id", "end", "why", "ended_on"),
    "voice": (
        *("stage", "title", "text", "grounds", "place_id", "words"),
        *("due_on", "merged_into_id", "label"),
    ),
    "voicestep": ("reason!",),
    "panelvolunteer": ("stage", "features", "due_on"),
}
# The same until something is settled; from then on nothing but what is erased.
UNTIL_SETTLED = {
    "appeal": (
        "OLD.outcome = ''",
        ("outcome", "answer", "office_id", "decided_on", "text!"),
        ("text!",),
    ),
    "panelopinion": (
        "OLD.stage = 'received'",
        ("stage", "outcome", "reason", "changed", "office_id", "answered_on", "text!"),
        ("text!",),
    ),
    "support": ("OLD.until_on IS NULL", ("until_on",), ("none",)),
}
# Rows that go their way, and stay; what is only added already has a trigger of its own.
NEVER_DELETED = (
    *("actionitem", "agendaitem", "appeal", "attendance", "costquote", "disclosureconsent"),
    *("hiding", "jointcontribution", "jointneed", "jointoffer", "jointproject", "jointrole"),
    *("jointtask", "marketquestion", "meeting", "meetingseries", "panel", "panelopinion"),
    *("panelvolunteer", "postreport", "process", "remark", "remarkreceipt", "stakeholder"),
    *("stance", "statement", "suggestion", "survey", "surveypaper", "topic"),
    "voicestep",
)
KEPT = """
CREATE FUNCTION forum_refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before jsonb := to_jsonb(OLD);
    after jsonb := to_jsonb(NEW);
    name text;
BEGIN
    FOREACH name IN ARRAY TG_ARGV LOOP
        IF name LIKE '%!' THEN
            name := rtrim(name, '!');
            CONTINUE WHEN after ->> name <> '—';
        END IF;
        before := before - name;
        after := after - name;
    END LOOP;
    IF before <> after THEN
        RAISE EXCEPTION 'what was said in % is never rewritten', TG_TABLE_NAME
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
"""


def keep(table: str, columns: tuple[str, ...], *, name: str, when: str = "true") -> str:
    """A trigger that lets these columns of a table change, while something holds."""
    given = ", ".join(f"'{column}'" for column in columns)
    return (
        f"CREATE TRIGGER {name} BEFORE UPDATE ON forum_{table} FOR EACH ROW WHEN ({when})"
        f" EXECUTE FUNCTION forum_refuse_rewriting({given});\n"
    )


RULES = (
    KEPT
    + "".join(keep(table, columns, name="only_goes_on") for table, columns in MAY_CHANGE.items())
    + "".join(
        keep(table, before, name="only_goes_on", when=when)
        + keep(table, after, name="stays_settled", when=f"NOT ({when})")
        for table, (when, before, after) in UNTIL_SETTLED.items()
    )
    + "".join(
        f"CREATE TRIGGER never_deleted BEFORE DELETE ON forum_{table}"
        " FOR EACH ROW EXECUTE FUNCTION parties_refuse_change();\n"
        for table in NEVER_DELETED
    )
    + "DROP TRIGGER only_added ON forum_voicestep;\n"
    "DROP TRIGGER never_rewritten ON forum_panelopinion;\n"
)
UNDO = (
    "".join(f"DROP TRIGGER only_goes_on ON forum_{each};\n" for each in (*MAY_CHANGE, *UNTIL_SETTLED))
    + "".join(f"DROP TRIGGER stays_settled ON forum_{table};\n" for table in UNTIL_SETTLED)
    + "".join(f"DROP TRIGGER never_deleted ON forum_{table};\n" for table in NEVER_DELETED)
    + "DROP FUNCTION forum_refuse_rewriting;\n"
    "CREATE TRIGGER only_added BEFORE UPDATE OR DELETE ON forum_voicestep"
    " FOR EACH ROW EXECUTE FUNCTION parties_refuse_change();\n"
    "CREATE TRIGGER never_rewritten BEFORE UPDATE ON forum_panelopinion"
    " FOR EACH ROW EXECUTE FUNCTION forum_refuse_other_panel_opinion();\n"
)


class Migration(migrations.Migration):
    dependencies = [("forum", "0011_panels_by_lot")]

    operations = [migrations.RunSQL(RULES, UNDO)]
