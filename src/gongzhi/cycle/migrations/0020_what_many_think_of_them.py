"""What several parties think of a project: evaluations, sheets, papers, objections."""

import django.db.models.deletion
import gongzhi.trust.identifiers
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cycle', '0019_sums_of_departments'),
        ('parties', '0020_organisations_in_order'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Evaluation',
            fields=[
                ('id', models.UUIDField(default=gongzhi.trust.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('fiscal_year', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(max_length=40)),
                ('stage', models.CharField(choices=[('assigned', '待接受'), ('accepted', '评价中'), ('handed_in', '已提交，待打开'), ('opened', '已打开'), ('sent', '已送被评价单位'), ('objected', '待答复异议'), ('answered', '待作结论'), ('concluded', '已结论'), ('declined', '已谢绝'), ('withdrawn', '已撤回')], default='assigned', max_length=20)),
                ('label', models.CharField(default='internal', max_length=20)),
                ('pack', models.CharField(max_length=60)),
                ('frame', models.JSONField()),
                ('chosen_because', models.TextField(max_length=2000)),
                ('chosen_on', models.DateField()),
                ('due_on', models.DateField()),
                ('declared', models.JSONField(default=dict)),
                ('commissioner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation')),
                ('evaluated', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation')),
                ('evaluator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation')),
                ('project', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='evaluations', to='cycle.project')),
            ],
            options={
                'ordering': ['-fiscal_year', '-id'],
            },
        ),
        migrations.CreateModel(
            name='EvaluationStep',
            fields=[
                ('id', models.UUIDField(default=gongzhi.trust.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('verb', models.CharField(max_length=40)),
                ('reason', models.TextField(blank=True, max_length=2000)),
                ('done_on', models.DateField()),
                ('evaluation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='cycle.evaluation')),
                ('office', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.office')),
            ],
            options={
                'ordering': ['evaluation', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Objection',
            fields=[
                ('id', models.UUIDField(default=gongzhi.trust.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('line', models.CharField(blank=True, max_length=60)),
                ('text', models.TextField(max_length=4000)),
                ('evidence', models.CharField(blank=True, max_length=1000)),
                ('raised_on', models.DateField()),
                ('outcome', models.CharField(blank=True, choices=[('upheld', '采纳'), ('partly', '部分采纳'), ('dismissed', '不采纳')], max_length=10)),
                ('answer', models.TextField(blank=True, max_length=4000)),
                ('answered_on', models.DateField(null=True)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.office')),
                ('evaluation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='objections', to='cycle.evaluation')),
                ('raised_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.office')),
            ],
            options={
                'ordering': ['evaluation', 'id'],
            },
        ),
        migrations.CreateModel(
            name='ScoreSheet',
            fields=[
                ('id', models.UUIDField(default=gongzhi.trust.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveSmallIntegerField()),
                ('record', models.JSONField()),
                ('total', models.DecimalField(decimal_places=2, max_digits=7, null=True)),
                ('grade', models.CharField(blank=True, max_length=20)),
                ('because', models.TextField(blank=True, max_length=2000)),
                ('drafted_on', models.DateField()),
                ('drafted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('evaluation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sheets', to='cycle.evaluation')),
            ],
            options={
                'ordering': ['evaluation', 'number'],
            },
        ),
        migrations.CreateModel(
            name='WorkingPaper',
            fields=[
                ('id', models.UUIDField(default=gongzhi.trust.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('line', models.CharField(blank=True, max_length=60)),
                ('text', models.TextField(max_length=4000)),
                ('source', models.CharField(blank=True, max_length=300)),
                ('filed_on', models.DateField()),
                ('evaluation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='cycle.evaluation')),
                ('filed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['evaluation', 'id'],
            },
        ),
        migrations.AddIndex(
            model_name='evaluation',
            index=models.Index(fields=['fiscal_year', 'stage'], name='cycle_evalu_fiscal__81607b_idx'),
        ),
        migrations.AddIndex(
            model_name='evaluation',
            index=models.Index(fields=['evaluated', 'fiscal_year'], name='cycle_evalu_evaluat_9f5149_idx'),
        ),
        migrations.AddConstraint(
            model_name='evaluation',
            constraint=models.CheckConstraint(condition=models.Q(('stage__in', ['assigned', 'accepted', 'handed_in', 'opened', 'sent', 'objected', 'answered', 'concluded', 'declined', 'withdrawn'])), name='evaluation_stage_is_known'),
        ),
        migrations.AddConstraint(
            model_name='evaluation',
            constraint=models.CheckConstraint(condition=models.Q(('label__in', ['internal', 'public'])), name='evaluation_label_is_known'),
        ),
        migrations.AddConstraint(
            model_name='evaluation',
            constraint=models.CheckConstraint(condition=models.Q(('evaluator', models.F('evaluated')), _negated=True), name='nobody_evaluates_itself'),
        ),
        migrations.AddConstraint(
            model_name='evaluation',
            constraint=models.UniqueConstraint(condition=models.Q(('stage__in', ['declined', 'withdrawn']), _negated=True), fields=('project', 'evaluated', 'fiscal_year', 'kind', 'evaluator'), name='one_evaluation_of_a_kind_by_an_evaluator', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='objection',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_on', None), ('outcome', '')), models.Q(('outcome__in', ['upheld', 'partly', 'dismissed']), ('answered_on__isnull', False)), _connector='OR'), name='an_answer_has_outcome_and_day'),
        ),
        migrations.AddConstraint(
            model_name='scoresheet',
            constraint=models.UniqueConstraint(fields=('evaluation', 'number'), name='one_sheet_a_number'),
        ),
    ]
