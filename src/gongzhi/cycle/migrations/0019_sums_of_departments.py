"""Sums of departments, between those of units and of regions."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cycle', '0018_found_in_order'),
        ('parties', '0020_organisations_in_order'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='watchedsum',
            name='watched_sum_once_a_region',
        ),
        migrations.AddField(
            model_name='purposesum',
            name='department',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation'),
        ),
        migrations.AddField(
            model_name='watchedsum',
            name='department',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation'),
        ),
        migrations.AddConstraint(
            model_name='watchedsum',
            constraint=models.UniqueConstraint(condition=models.Q(('department__isnull', True), ('unit__isnull', True)), fields=('fiscal_year', 'region', 'stage', 'level'), name='watched_sum_once_a_region'),
        ),
        migrations.AddConstraint(
            model_name='watchedsum',
            constraint=models.UniqueConstraint(condition=models.Q(('department__isnull', False), ('unit__isnull', True)), fields=('fiscal_year', 'department', 'region', 'stage', 'level'), name='watched_sum_once_a_department'),
        ),
    ]
