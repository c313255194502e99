"""Which answer to a call a reading came with; those from before have none."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cycle', '0016_what_projects_are_for'),
    ]

    operations = [
        migrations.AddField(
            model_name='reading',
            name='submission',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='readings', to='cycle.submission'),
        ),
    ]
