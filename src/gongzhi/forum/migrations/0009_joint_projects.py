"""Projects carried together; what was stated is only added."""

import django.db.models.deletion
import django.db.models.expressions
import gongzhi.trust.identifiers
from django.db import migrations, models

TABLES = (
    "charitylicence",
    "jointreconciliation",
    "jointstatement",
    "volunteerlog",
)
ONLY_ADDED = "".join(
    f"CREATE TRIGGER only_added BEFORE UPDATE OR DELETE ON forum_{table}"
    " FOR EACH ROW EXECUTE FUNCTION parties_refuse_change();\n"
    for table in TABLES
)
UNDO = "".join(f"DROP TRIGGER only_added ON forum_{table};\n" for table in TABLES)


class Migration(migrations.Migration):
    dependencies = [('cycle', '0033_whole_forms_of_units'), ('parties', '0022_citizens_sign_in'), ('forum', '0008_costs_and_the_market')]

    operations = [
        migrations.CreateModel(
            name='JointNeed',
            fields=[
                ('id', models.UUIDField(default=gongzhi.trust.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('item', models.CharField(max_length=200)),
                ('unit', models.CharField(max_length=40)),
                ('quantity', models.DecimalField(decimal_places=2, max_digits=18)),
                ('accepted', models.DecimalField(decimal_places=2, default=0, max_digits=18)),
                ('place', models.CharField(blank=True, max_length=200)),
                ('stated_on', models.DateField()),
                ('due_on', models.DateField()),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation')),
            ],
            options={
                'ordering': ['joint', 'due_on', 'id'],
            },
        ),
        migrations.CreateModel(
            name='JointProject',
            fields=[
                ('id', models.UUIDField(default=gongzhi.trust.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('title', models.CharField(max_length=200)),
                ('purpose', models.TextField(max_length=2000)),
                ('started_on', models.DateField()),
                ('stage', models.CharField(choices=[('open', '进行中'), ('closed', '已结束')], default='open', max_length=10)),
                ('label', models.CharField(default='public', max_length=20)),
                ('lead', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='joint_projects', to='cycle.project')),
            ],
            options={
                'ordering': ['-started_on', '-id'],
            },
        ),
        migrations.CreateModel(
            name='JointOffer',
            fields=[
                ('id', models.UUIDField(default=gongzhi.trust.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('quantity', models.DecimalField(decimal_places=2, max_digits=18)),
                ('accepted', models.DecimalField(decimal_places=2, default=0, max_digits=18)),
                ('worth', models.DecimalField(decimal_places=2, max_digits=18, null=True)),
                ('worth_basis', models.CharField(blank=True, max_length=300)),
                ('offered_on', models.DateField()),
                ('accepted_on', models.DateField(null=True)),
                ('need', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='offers', to='forum.jointneed')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation')),
                ('joint', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='offers', to='forum.jointproject')),
            ],
            options={
                'ordering': ['need', 'id'],
            },
        ),
        migrations.AddField(
            model_name='jointneed',
            name='joint',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='needs', to='forum.jointproject'),
        ),
        migrations.CreateModel(
            name='JointContribution',
            fields=[
                ('id', models.UUIDField(default=gongzhi.trust.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('amount', models.DecimalField(decimal_places=2, max_digits=18)),
                ('purpose', models.CharField(max_length=300)),
                ('raised', models.BooleanField(default=False)),
                ('pledged_on', models.DateField()),
                ('giver', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation')),
                ('receiver', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation')),
                ('joint', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contributions', to='forum.jointproject')),
            ],
            options={
                'ordering': ['joint', 'id'],
            },
        ),
        migrations.CreateModel(
            name='JointReconciliation',
            fields=[
                ('id', models.UUIDField(default=gongzhi.trust.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('month', models.DateField()),
                ('record', models.JSONField()),
                ('differing', models.PositiveIntegerField()),
                ('note', models.TextField(blank=True, max_length=2000)),
                ('reconciled_on', models.DateField()),
                ('joint', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reconciliations', to='forum.jointproject')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation')),
            ],
            options={
                'ordering': ['joint', 'month', 'id'],
            },
        ),
        migrations.CreateModel(
            name='JointRole',
            fields=[
                ('id', models.UUIDField(default=gongzhi.trust.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('does', models.CharField(max_length=300)),
                ('since_on', models.DateField()),
                ('until_on', models.DateField(null=True)),
                ('why_left', models.TextField(blank=True, max_length=2000)),
                ('joint', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='roles', to='forum.jointproject')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='joint_roles', to='parties.organisation')),
            ],
            options={
                'ordering': ['joint', 'since_on', 'id'],
            },
        ),
        migrations.CreateModel(
            name='JointStatement',
            fields=[
                ('id', models.UUIDField(default=gongzhi.trust.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('side', models.CharField(choices=[('giver', 'giver'), ('receiver', 'receiver')], max_length=10)),
                ('quantity', models.DecimalField(decimal_places=2, max_digits=18)),
                ('note', models.CharField(blank=True, max_length=300)),
                ('stated_on', models.DateField()),
                ('contribution', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='statements', to='forum.jointcontribution')),
                ('joint', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='statements', to='forum.jointproject')),
                ('offer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='statements', to='forum.jointoffer')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.office')),
            ],
            options={
                'ordering': ['joint', 'id'],
            },
        ),
        migrations.CreateModel(
            name='JointTask',
            fields=[
                ('id', models.UUIDField(default=gongzhi.trust.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('text', models.CharField(max_length=300)),
                ('set_on', models.DateField()),
                ('due_on', models.DateField()),
                ('stage', models.CharField(choices=[('open', '待办'), ('done', '已办')], default='open', max_length=10)),
                ('report', models.TextField(blank=True, max_length=2000)),
                ('reported_on', models.DateField(null=True)),
                ('joint', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='forum.jointproject')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='joint_tasks', to='parties.organisation')),
                ('set_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation')),
            ],
            options={
                'ordering': ['joint', 'due_on', 'id'],
            },
        ),
        migrations.CreateModel(
            name='VolunteerLog',
            fields=[
                ('id', models.UUIDField(default=gongzhi.trust.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('day', models.DateField()),
                ('people', models.PositiveIntegerField()),
                ('hours', models.DecimalField(decimal_places=1, max_digits=9)),
                ('work', models.CharField(max_length=200)),
                ('joint', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='volunteer_logs', to='forum.jointproject')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation')),
            ],
            options={
                'ordering': ['joint', 'day', 'id'],
            },
        ),
        migrations.CreateModel(
            name='CharityLicence',
            fields=[
                ('id', models.UUIDField(default=gongzhi.trust.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('document_number', models.CharField(max_length=100)),
                ('since_on', models.DateField()),
                ('until_on', models.DateField(null=True)),
                ('recorded_on', models.DateField()),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.office')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='charity_licences', to='parties.organisation')),
            ],
            options={
                'ordering': ['organisation', 'since_on', 'id'],
                'constraints': [models.UniqueConstraint(fields=('organisation', 'document_number'), name='a_charity_licence_is_recorded_once'), models.CheckConstraint(condition=models.Q(('until_on', None), ('until_on__gte', models.F('since_on')), _connector='OR'), name='a_charity_licence_ends_after_it_began')],
            },
        ),
        migrations.AddConstraint(
            model_name='jointproject',
            constraint=models.UniqueConstraint(condition=models.Q(('stage', 'open')), fields=('project',), name='a_project_is_carried_jointly_once'),
        ),
        migrations.AddConstraint(
            model_name='jointoffer',
            constraint=models.CheckConstraint(condition=models.Q(('accepted__gte', 0), ('accepted__lte', models.F('quantity')), ('quantity__gt', 0)), name='no_more_is_accepted_than_offered'),
        ),
        migrations.AddConstraint(
            model_name='jointoffer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('worth', None), ('worth_basis', '')), models.Q(('worth__gt', 0), models.Q(('worth_basis', ''), _negated=True)), _connector='OR'), name='a_worth_has_its_basis'),
        ),
        migrations.AddConstraint(
            model_name='jointneed',
            constraint=models.CheckConstraint(condition=models.Q(('accepted__gte', 0), ('accepted__lte', models.F('quantity')), ('quantity__gt', 0)), name='no_more_is_accepted_than_needed'),
        ),
        migrations.AddConstraint(
            model_name='jointcontribution',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='a_pledge_is_money'),
        ),
        migrations.AddConstraint(
            model_name='jointcontribution',
            constraint=models.CheckConstraint(condition=models.Q(('giver', models.F('receiver')), _negated=True), name='nobody_pledges_to_itself'),
        ),
        migrations.AddConstraint(
            model_name='jointreconciliation',
            constraint=models.UniqueConstraint(fields=('joint', 'organisation', 'month'), name='a_month_is_reconciled_once'),
        ),
        migrations.AddConstraint(
            model_name='jointreconciliation',
            constraint=models.CheckConstraint(condition=models.Q(('differing', 0), models.Q(('note', ''), _negated=True), _connector='OR'), name='what_differs_is_explained'),
        ),
        migrations.AddConstraint(
            model_name='jointrole',
            constraint=models.UniqueConstraint(condition=models.Q(('until_on__isnull', True)), fields=('joint', 'organisation'), name='one_joint_role_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='jointstatement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('contribution__isnull', False), ('offer', None)), models.Q(('contribution', None), ('offer__isnull', False)), _connector='OR'), name='a_statement_is_of_one_gift'),
        ),
        migrations.AddConstraint(
            model_name='jointstatement',
            constraint=models.CheckConstraint(condition=models.Q(('side__in', ['giver', 'receiver'])), name='a_side_gives_or_receives'),
        ),
        migrations.AddConstraint(
            model_name='jointtask',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('reported_on', None), ('stage', 'open')), models.Q(('reported_on__isnull', False), ('stage', 'done'), models.Q(('report', ''), _negated=True)), _connector='OR'), name='a_done_task_was_reported'),
        ),
        migrations.AddConstraint(
            model_name='volunteerlog',
            constraint=models.UniqueConstraint(fields=('joint', 'organisation', 'day', 'work'), name='one_log_a_day_and_work'),
        ),
        migrations.AddConstraint(
            model_name='volunteerlog',
            constraint=models.CheckConstraint(condition=models.Q(('hours__gt', 0), ('hours__lte', django.db.models.expressions.CombinedExpression(models.F('people'), '*', models.Value(24))), ('people__gt', 0)), name='volunteers_are_people_who_worked'),
        ),
        migrations.RunSQL(ONLY_ADDED, UNDO),
    ]
