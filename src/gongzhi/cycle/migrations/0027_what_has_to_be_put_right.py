"""What units are told of results and have to put right: letters, rectifications, steps."""

import django.db.models.deletion
import gongzhi.trust.identifiers
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cycle', '0026_draws_by_lot'),
        ('parties', '0020_organisations_in_order'),
    ]

    operations = [
        migrations.CreateModel(
            name='Feedback',
            fields=[
                ('id', models.UUIDField(default=gongzhi.trust.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('source', models.CharField(choices=[('evaluation', '一方的评价'), ('panel', '各方的评价'), ('audit', '审计查出的问题')], max_length=12)),
                ('fiscal_year', models.PositiveSmallIntegerField()),
                ('document_number', models.CharField(blank=True, max_length=200)),
                ('words', models.TextField(max_length=4000)),
                ('lines', models.JSONField(default=list)),
                ('score', models.DecimalField(decimal_places=2, max_digits=7, null=True)),
                ('grade', models.CharField(blank=True, max_length=20)),
                ('label', models.CharField(default='internal', max_length=20)),
                ('pack', models.CharField(max_length=60)),
                ('sent_on', models.DateField()),
                ('evaluation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='feedbacks', to='cycle.evaluation')),
                ('project', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='feedbacks', to='cycle.project')),
                ('sender', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation')),
            ],
            options={
                'ordering': ['-fiscal_year', '-id'],
            },
        ),
        migrations.CreateModel(
            name='Rectification',
            fields=[
                ('id', models.UUIDField(default=gongzhi.trust.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('line', models.CharField(blank=True, max_length=60)),
                ('found', models.TextField(max_length=4000)),
                ('demand', models.TextField(max_length=4000)),
                ('grave', models.BooleanField(default=False)),
                ('stage', models.CharField(choices=[('open', '待提出方案'), ('planned', '整改中'), ('reported', '待核查'), ('passed', '已整改')], default='open', max_length=20)),
                ('plan_due_on', models.DateField()),
                ('report_due_on', models.DateField()),
                ('check_due_on', models.DateField(null=True)),
                ('evaluation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='rectifications', to='cycle.evaluation')),
                ('feedback', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rectifications', to='cycle.feedback')),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='RectificationStep',
            fields=[
                ('id', models.UUIDField(default=gongzhi.trust.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('verb', models.CharField(max_length=40)),
                ('reason', models.TextField(blank=True, max_length=4000)),
                ('measures', models.JSONField(default=list)),
                ('until', models.DateField(null=True)),
                ('done_on', models.DateField()),
                ('office', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.office')),
                ('rectification', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='cycle.rectification')),
            ],
            options={
                'ordering': ['rectification', 'id'],
            },
        ),
        migrations.AddIndex(
            model_name='feedback',
            index=models.Index(fields=['unit', 'fiscal_year'], name='cycle_feedb_unit_id_7dd363_idx'),
        ),
        migrations.AddConstraint(
            model_name='feedback',
            constraint=models.CheckConstraint(condition=models.Q(('label__in', ['internal', 'public'])), name='feedback_label_is_known'),
        ),
        migrations.AddConstraint(
            model_name='feedback',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('evaluation__isnull', False), ('source', 'evaluation')), models.Q(('evaluation', None), ('project__isnull', False), ('source', 'panel')), models.Q(('evaluation', None), ('source', 'audit'), models.Q(('document_number', ''), _negated=True)), _connector='OR'), name='feedback_tells_of_its_source'),
        ),
        migrations.AddConstraint(
            model_name='feedback',
            constraint=models.UniqueConstraint(condition=models.Q(('source', 'evaluation')), fields=('evaluation',), name='one_letter_about_an_evaluation'),
        ),
        migrations.AddConstraint(
            model_name='feedback',
            constraint=models.UniqueConstraint(condition=models.Q(('source', 'panel')), fields=('project', 'fiscal_year'), name='one_letter_about_a_panel'),
        ),
        migrations.AddIndex(
            model_name='rectification',
            index=models.Index(fields=['stage', 'report_due_on'], name='cycle_recti_stage_aab279_idx'),
        ),
        migrations.AddIndex(
            model_name='rectification',
            index=models.Index(fields=['feedback', 'stage'], name='cycle_recti_feedbac_f61172_idx'),
        ),
        migrations.AddConstraint(
            model_name='rectification',
            constraint=models.CheckConstraint(condition=models.Q(('stage__in', ['open', 'planned', 'reported', 'passed'])), name='rectification_stage_is_known'),
        ),
        migrations.AddConstraint(
            model_name='rectification',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('stage', 'reported'), _negated=True), ('check_due_on__isnull', False), _connector='OR'), name='what_is_reported_is_checked_by_a_day'),
        ),
    ]
