"""Organisations are listed by name."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('parties', '0019_currency_of_regions'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='organisation',
            index=models.Index(fields=['name'], name='parties_org_name_aff888_idx'),
        ),
    ]
