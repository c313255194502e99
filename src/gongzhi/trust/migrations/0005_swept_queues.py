"""Sweep the tables whose rows come and go as soon as thousands have gone."""

from pathlib import Path

from django.db import migrations

QUEUES = Path(__file__).with_name("queues.sql").read_text()


class Migration(migrations.Migration):
    """The settings stand in queues.sql, beside this file."""

    dependencies = [("trust", "0004_cosigned_again")]
    operations = [migrations.RunSQL(QUEUES, migrations.RunSQL.noop)]
