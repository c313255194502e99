"""Targets and plans by month that files tell; like all facts they are only added to."""

import django.db.models.deletion
import gongzhi.cycle.models.promised
from django.db import migrations, models


TABLES = ["cycle_targetline", "cycle_planline"]
TRIGGERS = "".join(
    f"CREATE TRIGGER never_rewritten BEFORE UPDATE ON {table}"
    " FOR EACH ROW EXECUTE FUNCTION cycle_refuse_changing_facts();\n"
    f"CREATE TRIGGER never_deleted BEFORE DELETE ON {table}"
    " FOR EACH ROW EXECUTE FUNCTION parties_refuse_change();\n"
    for table in TABLES
)
UNDO = "".join(
    f"DROP TRIGGER never_rewritten ON {table};\nDROP TRIGGER never_deleted ON {table};\n"
    for table in TABLES
)


class Migration(migrations.Migration):

    dependencies = [
        ('cycle', '0010_found_by_name'),
        ('parties', '0017_former_keys'),
    ]

    operations = [
        migrations.CreateModel(
            name='PlanLine',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('row', models.PositiveIntegerField()),
                ('identity', models.CharField(max_length=64)),
                ('fingerprint', models.CharField(max_length=64)),
                ('corrects', models.CharField(blank=True, max_length=64)),
                ('project_code', models.CharField(blank=True, max_length=200)),
                ('unit_code', models.CharField(blank=True, max_length=200)),
                ('fiscal_year', models.PositiveSmallIntegerField()),
                ('month', models.PositiveSmallIntegerField()),
                ('amount', gongzhi.cycle.models.promised.ExactField(decimal_places=20, max_digits=40)),
                ('indicator', models.CharField(blank=True, max_length=200)),
                ('part', models.CharField(blank=True, max_length=2000)),
                ('currency', models.CharField(blank=True, max_length=200)),
                ('delivery', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cycle.delivery')),
                ('project', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='cycle.project')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='parties.organisation')),
            ],
            options={
                'ordering': ['fiscal_year', 'month', 'id'],
                'indexes': [models.Index(fields=['identity'], name='planline_by_identity'), models.Index(condition=models.Q(('project__isnull', True)), fields=['project_code'], name='planline_unclaimed'), models.Index(fields=['project', 'fiscal_year'], name='cycle_planl_project_ef2214_idx')],
            },
        ),
        migrations.CreateModel(
            name='TargetLine',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('row', models.PositiveIntegerField()),
                ('identity', models.CharField(max_length=64)),
                ('fingerprint', models.CharField(max_length=64)),
                ('corrects', models.CharField(blank=True, max_length=64)),
                ('project_code', models.CharField(blank=True, max_length=200)),
                ('unit_code', models.CharField(blank=True, max_length=200)),
                ('indicator', models.CharField(max_length=200)),
                ('fiscal_year', models.PositiveSmallIntegerField()),
                ('name', models.CharField(blank=True, max_length=2000)),
                ('value', gongzhi.cycle.models.promised.ExactField(decimal_places=20, max_digits=40, null=True)),
                ('text', models.CharField(blank=True, max_length=2000)),
                ('measure', models.CharField(blank=True, max_length=2000)),
                ('less_is_better', models.BooleanField(default=False)),
                ('course', models.CharField(blank=True, max_length=200)),
                ('weight', gongzhi.cycle.models.promised.ExactField(decimal_places=20, max_digits=40, null=True)),
                ('baseline', gongzhi.cycle.models.promised.ExactField(decimal_places=20, max_digits=40, null=True)),
                ('delivery', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cycle.delivery')),
                ('project', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='cycle.project')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='parties.organisation')),
            ],
            options={
                'ordering': ['fiscal_year', 'id'],
                'indexes': [models.Index(fields=['identity'], name='targetline_by_identity'), models.Index(condition=models.Q(('project__isnull', True)), fields=['project_code'], name='targetline_unclaimed'), models.Index(fields=['project', 'fiscal_year'], name='cycle_targe_project_fe11b2_idx')],
            },
        ),
        migrations.RunSQL(TRIGGERS, UNDO),
    ]
