"""Draws that anybody can do again: of evaluators, and of self-evaluations to check."""

import django.db.models.deletion
import gongzhi.trust.identifiers
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cycle', '0025_next_years_money'),
        ('parties', '0020_organisations_in_order'),
    ]

    operations = [
        migrations.CreateModel(
            name='Draw',
            fields=[
                ('id', models.UUIDField(default=gongzhi.trust.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('fiscal_year', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(max_length=40)),
                ('stage', models.CharField(choices=[('announced', '已公布，待抽签'), ('drawn', '已抽签')], default='announced', max_length=20)),
                ('label', models.CharField(default='internal', max_length=20)),
                ('pack', models.CharField(max_length=60)),
                ('because', models.TextField(max_length=2000)),
                ('count', models.PositiveSmallIntegerField(default=1)),
                ('pool', models.JSONField()),
                ('announced_on', models.DateField()),
                ('seed', models.CharField(blank=True, max_length=100)),
                ('checkpoint', models.BigIntegerField(null=True)),
                ('lots', models.JSONField(default=list)),
                ('drawn_on', models.DateField(null=True)),
                ('commissioner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation')),
                ('evaluated', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation')),
                ('evaluator', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation')),
                ('project', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='draws', to='cycle.project')),
            ],
            options={
                'ordering': ['-fiscal_year', '-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('label__in', ['internal', 'public'])), name='draw_label_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('checkpoint', None), ('drawn_on', None), ('seed', ''), ('stage', 'announced')), models.Q(('checkpoint__isnull', False), ('drawn_on__isnull', False), ('stage', 'drawn'), models.Q(('seed', ''), _negated=True)), _connector='OR'), name='draw_is_announced_or_held')],
            },
        ),
    ]
