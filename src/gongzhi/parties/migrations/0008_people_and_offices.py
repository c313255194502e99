"""People, the humans behind them, offices that end and are delegated, and how one gets in."""

import django.db.models.deletion
import gongzhi.trust.identifiers
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('parties', '0007_answer_to_comments'),
    ]

    operations = [
        migrations.CreateModel(
            name='Admission',
            fields=[
                ('id', models.UUIDField(default=gongzhi.trust.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('social', '社会组织'), ('enterprise', '企业'), ('evaluator', '第三方评价机构')], max_length=20)),
                ('name', models.CharField(max_length=200)),
                ('code', models.CharField(max_length=18)),
                ('details', models.JSONField(default=dict)),
                ('locked_applicant', models.BinaryField(null=True)),
                ('applied_on', models.DateField()),
                ('due_on', models.DateField(null=True)),
                ('provisional', models.BooleanField(default=False)),
                ('stage', models.CharField(choices=[('waiting', '等候办理'), ('admitted', '已接纳'), ('declined', '不予接纳')], default='waiting', max_length=20)),
                ('reason', models.TextField(blank=True, max_length=500)),
                ('decided_on', models.DateField(null=True)),
            ],
            options={
                'ordering': ['due_on', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Conflict',
            fields=[
                ('id', models.UUIDField(default=gongzhi.trust.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('about', models.CharField(max_length=100)),
                ('since_on', models.DateField()),
                ('until_on', models.DateField(blank=True, null=True)),
                ('lifted_on', models.DateField(editable=False, null=True)),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='Human',
            fields=[
                ('id', models.UUIDField(default=gongzhi.trust.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('identity', models.CharField(max_length=64, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.UUIDField(default=gongzhi.trust.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('locked_invitee', models.BinaryField(null=True)),
                ('digest', models.BinaryField(max_length=32, unique=True)),
                ('title', models.CharField(blank=True, max_length=100)),
                ('roles', models.JSONField(default=list)),
                ('until_on', models.DateField(blank=True, null=True)),
                ('given_on', models.DateField()),
                ('expires_on', models.DateField()),
                ('stage', models.CharField(choices=[('open', '待接受'), ('accepted', '已接受'), ('withdrawn', '已撤回')], default='open', max_length=20)),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.AddField(
            model_name='office',
            name='acts_for',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='delegated', to='parties.office'),
        ),
        migrations.AddField(
            model_name='office',
            name='ended_on',
            field=models.DateField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='person',
            name='organisation',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='people', to='parties.organisation'),
        ),
        migrations.AddConstraint(
            model_name='office',
            constraint=models.CheckConstraint(condition=models.Q(('acts_for__isnull', True), ('until_on__isnull', False), _connector='OR'), name='delegated_office_has_a_last_day'),
        ),
        migrations.AddConstraint(
            model_name='office',
            constraint=models.CheckConstraint(condition=models.Q(('acts_for__isnull', True), models.Q(('acts_for', models.F('id')), _negated=True), _connector='OR'), name='office_acts_for_another_one'),
        ),
        migrations.AddField(
            model_name='admission',
            name='region',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='parties.region'),
        ),
        migrations.AddField(
            model_name='conflict',
            name='organisation',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation'),
        ),
        migrations.AddField(
            model_name='conflict',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='conflicts', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='person',
            name='human',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='accounts', to='parties.human'),
        ),
        migrations.AddField(
            model_name='invitation',
            name='given_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.office'),
        ),
        migrations.AddField(
            model_name='invitation',
            name='organisation',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation'),
        ),
        migrations.AddField(
            model_name='invitation',
            name='person',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='admission',
            index=models.Index(fields=['stage', 'due_on'], name='parties_adm_stage_7218db_idx'),
        ),
        migrations.AddConstraint(
            model_name='admission',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['social', 'enterprise', 'evaluator'])), name='admission_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='admission',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_on__isnull', True), ('stage', 'waiting')), models.Q(('decided_on__isnull', False), ('stage', 'admitted')), models.Q(('decided_on__isnull', False), ('stage', 'declined'), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='admission_is_decided_or_waits'),
        ),
        migrations.AddConstraint(
            model_name='admission',
            constraint=models.UniqueConstraint(condition=models.Q(('stage__in', ['waiting', 'admitted'])), fields=('code',), name='one_application_a_code'),
        ),
        migrations.AddIndex(
            model_name='conflict',
            index=models.Index(fields=['about'], name='parties_con_about_cb90c4_idx'),
        ),
        migrations.AddConstraint(
            model_name='conflict',
            constraint=models.CheckConstraint(condition=models.Q(('until_on__isnull', True), ('until_on__gte', models.F('since_on')), _connector='OR'), name='conflict_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(('stage__in', ['open', 'accepted', 'withdrawn'])), name='invitation_stage_is_known'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('person__isnull', False), ('stage', 'accepted')), models.Q(models.Q(('stage', 'accepted'), _negated=True), ('person__isnull', True)), _connector='OR'), name='invitation_is_accepted_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(('title', ''), ('organisation__isnull', False), _connector='OR'), name='invitation_with_an_office_has_an_organisation'),
        ),
    ]
