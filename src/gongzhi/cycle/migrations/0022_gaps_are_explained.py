"""Large gaps between evaluators are explained before their score counts."""

import django.db.models.deletion
import gongzhi.trust.identifiers
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cycle', '0021_what_differs_is_explained'),
        ('parties', '0020_organisations_in_order'),
    ]

    operations = [
        migrations.AddField(
            model_name='evaluation',
            name='gaps',
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name='evaluation',
            name='gaps_since',
            field=models.DateField(null=True),
        ),
        migrations.CreateModel(
            name='GapExplanation',
            fields=[
                ('id', models.UUIDField(default=gongzhi.trust.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('line', models.CharField(blank=True, max_length=60)),
                ('apart', models.DecimalField(decimal_places=2, max_digits=7)),
                ('text', models.TextField(max_length=4000)),
                ('closes', models.BooleanField()),
                ('explained_on', models.DateField()),
                ('evaluation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='explanations', to='cycle.evaluation')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.office')),
            ],
            options={
                'ordering': ['evaluation', 'id'],
            },
        ),
    ]
