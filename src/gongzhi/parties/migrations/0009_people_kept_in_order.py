"""Offices and conflicts end once; applications and invitations are settled once; none vanish."""

from django.db import migrations

# The columns in the first argument may change while the row has nothing in the second column, or
# what the third argument says; all others never.
FUNCTION = """
CREATE FUNCTION parties_refuse_change_but() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    free text[] := TG_ARGV[0]::text[];
    state text := to_jsonb(OLD) ->> TG_ARGV[1];
BEGIN
    IF coalesce(state, '') <> TG_ARGV[2] OR to_jsonb(OLD) - free <> to_jsonb(NEW) - free THEN
        RAISE EXCEPTION 'rows of % are settled once', TG_TABLE_NAME
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
"""
UNDO_FUNCTION = "DROP FUNCTION parties_refuse_change_but();"
# Table, what may change, and what must stand in which column for it.
SETTLED_ONCE = [
    ("parties_office", "{ended_on}", "ended_on", ""),
    ("parties_conflict", "{lifted_on}", "lifted_on", ""),
    ("parties_invitation", "{stage,person_id,locked_invitee}", "stage", "open"),
    ("parties_admission", "{stage,reason,decided_on,locked_applicant}", "stage", "waiting"),
]
TRIGGERS = """
CREATE TRIGGER settled_once BEFORE UPDATE ON {table}
    FOR EACH ROW EXECUTE FUNCTION parties_refuse_change_but('{free}', '{column}', '{value}');
CREATE TRIGGER never_deleted BEFORE DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION parties_refuse_change();
"""
UNDO = """
DROP TRIGGER settled_once ON {table};
DROP TRIGGER never_deleted ON {table};
"""


class Migration(migrations.Migration):
    dependencies = [("parties", "0008_people_and_offices")]
    operations = [
        migrations.RunSQL(FUNCTION, UNDO_FUNCTION),
        *(
            migrations.RunSQL(
                TRIGGERS.format(table=table, free=free, column=column, value=value),
                UNDO.format(table=table),
            )
            for table, free, column, value in SETTLED_ONCE
        ),
    ]
