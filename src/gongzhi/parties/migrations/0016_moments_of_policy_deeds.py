"""Witnesses and quorums say the moment of their deed, as the log's entry does.

Before, each row said the moment at which it was written, within the deed's transaction but a little
later; the audit holds rows against entries to the microsecond. A row that is off by more than a
transaction takes was altered: it stays as it is and the audit names it.
"""

from django.db import migrations

# A row of the log's is changed only here, and only to what the log itself tells.
BY_THE_DEED = """
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE trust_quorum DISABLE TRIGGER quorum_is_fixed;
ALTER TABLE trust_witness DISABLE TRIGGER witness_stays_itself;

UPDATE trust_quorum AS row SET since_at = deed.done_at
FROM parties_deed AS deed
WHERE deed.id = row.deed AND row.since_at <> deed.done_at
    AND row.since_at - deed.done_at BETWEEN interval '-1 minute' AND interval '1 minute';

UPDATE trust_witness AS row SET admitted_at = deed.done_at
FROM parties_deed AS deed
WHERE deed.id = row.admitted_by AND row.admitted_at <> deed.done_at
    AND row.admitted_at - deed.done_at BETWEEN interval '-1 minute' AND interval '1 minute';

UPDATE trust_witness AS row SET retired_at = deed.done_at
FROM parties_deed AS deed
WHERE deed.id = row.retired_by AND row.retired_at <> deed.done_at
    AND row.retired_at - deed.done_at BETWEEN interval '-1 minute' AND interval '1 minute';

ALTER TABLE trust_witness ENABLE TRIGGER witness_stays_itself;
ALTER TABLE trust_quorum ENABLE TRIGGER quorum_is_fixed;
"""


class Migration(migrations.Migration):
    """Rows only; going back there is nothing to undo."""

    dependencies = [
        ("parties", "0015_locked_rows"),
        ("trust", "0005_swept_queues"),
    ]
    operations = [migrations.RunSQL(BY_THE_DEED, migrations.RunSQL.noop)]
