"""Attachments are found by any part of their file's name."""

from django.contrib.postgres.indexes import GinIndex
from django.db import migrations

from gongzhi.parties.by_name import Pairs


class Migration(migrations.Migration):
    """Their index."""

    dependencies = [("desk", "0005_exports"), ("parties", "0018_found_by_name")]
    operations = [
        migrations.AddIndex("attachment", GinIndex(Pairs("name"), name="attachment_by_name"))
    ]
