"""Let the log's tables grow, and refuse everything else."""

from pathlib import Path

from django.db import migrations

RULES = Path(__file__).with_name("rules.sql").read_text()


class Migration(migrations.Migration):
    """The rules stand in rules.sql, beside this file."""

    dependencies = [("trust", "0001_initial")]
    operations = [migrations.RunSQL(RULES, migrations.RunSQL.noop)]
