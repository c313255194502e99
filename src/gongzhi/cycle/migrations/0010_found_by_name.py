"""Projects, aims, indicators and approved goals are found by any part of their names."""

from django.contrib.postgres.indexes import GinIndex
from django.db import migrations

from gongzhi.parties.by_name import Pairs


class Migration(migrations.Migration):
    """Their indexes."""

    dependencies = [
        ("cycle", "0009_everything_that_a_fact_says"),
        ("parties", "0018_found_by_name"),
    ]
    operations = [
        migrations.AddIndex(
            "project", GinIndex(Pairs("name", "code"), name="project_by_name")
        ),
        migrations.AddIndex(
            "aim", GinIndex(Pairs("name", "code", "document"), name="aim_by_name")
        ),
        migrations.AddIndex("goalindicator", GinIndex(Pairs("name"), name="indicator_by_name")),
        migrations.AddIndex(
            "goalversion", GinIndex(Pairs("document_number"), name="goals_by_document_number")
        ),
    ]
