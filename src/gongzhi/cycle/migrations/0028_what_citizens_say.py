"""What citizens say of services, what units answer, what the finance bureau finds about it."""

import django.db.models.deletion
import gongzhi.trust.identifiers
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cycle', '0027_what_has_to_be_put_right'),
        ('parties', '0020_organisations_in_order'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ServiceAnswer',
            fields=[
                ('id', models.UUIDField(default=gongzhi.trust.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('text', models.TextField(max_length=4000)),
                ('answered_on', models.DateField()),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.office')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cycle.project')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='ServiceCheck',
            fields=[
                ('id', models.UUIDField(default=gongzhi.trust.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('fiscal_year', models.PositiveSmallIntegerField()),
                ('matter', models.CharField(max_length=60)),
                ('count', models.PositiveIntegerField()),
                ('text', models.TextField(max_length=4000)),
                ('published_on', models.DateField()),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.office')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='service_checks', to='cycle.project')),
            ],
            options={
                'ordering': ['project', 'id'],
                'constraints': [models.UniqueConstraint(fields=('project', 'fiscal_year', 'matter'), name='a_matter_is_looked_into_once')],
            },
        ),
        migrations.CreateModel(
            name='ServiceEvaluation',
            fields=[
                ('id', models.UUIDField(default=gongzhi.trust.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('fiscal_year', models.PositiveSmallIntegerField()),
                ('stage', models.CharField(choices=[('received', '待答复'), ('answered', '已答复'), ('asked', '要求补充答复'), ('supplemented', '已补充答复')], default='received', max_length=20)),
                ('label', models.CharField(default='public', max_length=20)),
                ('pack', models.CharField(max_length=60)),
                ('levels', models.JSONField()),
                ('total', models.DecimalField(decimal_places=2, max_digits=5)),
                ('matter', models.CharField(max_length=60)),
                ('text', models.TextField(max_length=2000)),
                ('evaluated_on', models.DateField()),
                ('asked', models.TextField(blank=True, max_length=2000)),
                ('asked_on', models.DateField(null=True)),
                ('answer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='answered', to='cycle.serviceanswer')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='service_evaluations', to='cycle.project')),
                ('supplement', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='supplemented', to='cycle.serviceanswer')),
            ],
            options={
                'ordering': ['project', '-id'],
                'indexes': [models.Index(fields=['fiscal_year', 'matter'], name='cycle_servi_fiscal__092754_idx')],
                'constraints': [models.UniqueConstraint(fields=('project', 'fiscal_year', 'person'), name='one_citizen_one_evaluation'), models.CheckConstraint(condition=models.Q(('stage__in', ['received', 'answered', 'asked', 'supplemented'])), name='service_evaluation_stage_is_known')],
            },
        ),
    ]
