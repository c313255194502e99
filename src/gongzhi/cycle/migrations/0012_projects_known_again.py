"""What a file says of a project is known again like any fact, and corrected by a new row."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cycle', '0011_targets_and_plans_of_files'),
    ]

    operations = [
        migrations.AddField(
            model_name='profile',
            name='delivery',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cycle.delivery'),
        ),
        migrations.AddField(
            model_name='profile',
            name='fingerprint',
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name='profile',
            name='identity',
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddIndex(
            model_name='profile',
            index=models.Index(condition=models.Q(('identity', ''), _negated=True), fields=['identity'], name='profile_by_identity'),
        ),
    ]
