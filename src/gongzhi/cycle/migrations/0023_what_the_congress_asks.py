"""What the people's congress asks: questions, opinions, their points and answers."""

import django.db.models.deletion
import gongzhi.trust.identifiers
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cycle', '0022_gaps_are_explained'),
        ('parties', '0020_organisations_in_order'),
    ]

    operations = [
        migrations.CreateModel(
            name='Inquiry',
            fields=[
                ('id', models.UUIDField(default=gongzhi.trust.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('question', '询问'), ('opinion', '审议意见')], max_length=10)),
                ('fiscal_year', models.PositiveSmallIntegerField()),
                ('functional', models.CharField(blank=True, max_length=20)),
                ('title', models.CharField(max_length=200)),
                ('meeting', models.CharField(blank=True, max_length=200)),
                ('document_number', models.CharField(blank=True, max_length=100)),
                ('sent_on', models.DateField()),
                ('due_on', models.DateField()),
                ('stage', models.CharField(choices=[('open', '待答复'), ('answered', '已答复，待评价'), ('closed', '已办结'), ('withdrawn', '已撤回')], default='open', max_length=20)),
                ('label', models.CharField(default='internal', max_length=20)),
                ('addressed', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation')),
                ('congress', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation')),
                ('department', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation')),
                ('evaluation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='inquiries', to='cycle.evaluation')),
                ('project', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='inquiries', to='cycle.project')),
            ],
            options={
                'ordering': ['-sent_on', '-id'],
            },
        ),
        migrations.CreateModel(
            name='InquiryPoint',
            fields=[
                ('id', models.UUIDField(default=gongzhi.trust.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveSmallIntegerField()),
                ('text', models.TextField(max_length=2000)),
                ('inquiry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='points', to='cycle.inquiry')),
            ],
            options={
                'ordering': ['inquiry', 'number'],
            },
        ),
        migrations.CreateModel(
            name='InquiryAnswer',
            fields=[
                ('id', models.UUIDField(default=gongzhi.trust.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('done', models.TextField(max_length=4000)),
                ('changed', models.TextField(max_length=4000)),
                ('answered_on', models.DateField()),
                ('satisfaction', models.CharField(blank=True, choices=[('satisfied', '满意'), ('mostly', '基本满意'), ('unsatisfied', '不满意')], max_length=12)),
                ('remark', models.TextField(blank=True, max_length=2000)),
                ('assessed_on', models.DateField(null=True)),
                ('assessed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.office')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.office')),
                ('point', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='cycle.inquirypoint')),
            ],
            options={
                'ordering': ['point', 'id'],
            },
        ),
        migrations.CreateModel(
            name='InquiryStep',
            fields=[
                ('id', models.UUIDField(default=gongzhi.trust.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('verb', models.CharField(max_length=40)),
                ('reason', models.TextField(max_length=2000)),
                ('done_on', models.DateField()),
                ('inquiry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='cycle.inquiry')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.office')),
            ],
            options={
                'ordering': ['inquiry', 'id'],
            },
        ),
        migrations.AddIndex(
            model_name='inquiry',
            index=models.Index(fields=['stage', 'due_on'], name='cycle_inqui_stage_8c0321_idx'),
        ),
        migrations.AddIndex(
            model_name='inquiry',
            index=models.Index(fields=['addressed', 'stage'], name='cycle_inqui_address_96b2d4_idx'),
        ),
        migrations.AddConstraint(
            model_name='inquiry',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['question', 'opinion'])), name='inquiry_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='inquiry',
            constraint=models.CheckConstraint(condition=models.Q(('stage__in', ['open', 'answered', 'closed', 'withdrawn'])), name='inquiry_stage_is_known'),
        ),
        migrations.AddConstraint(
            model_name='inquiry',
            constraint=models.CheckConstraint(condition=models.Q(('label__in', ['internal', 'public'])), name='inquiry_label_is_known'),
        ),
        migrations.AddConstraint(
            model_name='inquiry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('evaluation', None), ('project', None)), models.Q(('department', None), ('evaluation', None), ('functional', '')), models.Q(('department', None), ('functional', ''), ('project', None)), _connector='OR'), name='an_inquiry_is_about_one_thing'),
        ),
        migrations.AddConstraint(
            model_name='inquiry',
            constraint=models.CheckConstraint(condition=models.Q(('addressed', models.F('congress')), _negated=True), name='congress_asks_somebody_else'),
        ),
        migrations.AddConstraint(
            model_name='inquiry',
            constraint=models.CheckConstraint(condition=models.Q(('kind', 'question'), models.Q(models.Q(('meeting', ''), _negated=True), models.Q(('document_number', ''), _negated=True)), _connector='OR'), name='an_opinion_has_its_paper'),
        ),
        migrations.AddConstraint(
            model_name='inquirypoint',
            constraint=models.UniqueConstraint(fields=('inquiry', 'number'), name='one_point_a_number'),
        ),
        migrations.AddConstraint(
            model_name='inquiryanswer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('assessed_by', None), ('assessed_on', None), ('satisfaction', '')), models.Q(('satisfaction__in', ['satisfied', 'mostly', 'unsatisfied']), ('assessed_by__isnull', False), ('assessed_on__isnull', False)), _connector='OR'), name='an_assessment_has_its_day'),
        ),
    ]
