"""Next year's money: proposed by rule, decided, accounted for; only added, never rewritten."""

import django.db.models.deletion
import gongzhi.trust.identifiers
from django.conf import settings
from django.db import migrations, models


TRIGGERS = """
CREATE TRIGGER only_added BEFORE UPDATE OR DELETE ON cycle_resultdecision
 FOR EACH ROW EXECUTE FUNCTION parties_refuse_change();
CREATE TRIGGER only_added BEFORE UPDATE OR DELETE ON cycle_useaccount
 FOR EACH ROW EXECUTE FUNCTION parties_refuse_change();
CREATE FUNCTION cycle_refuse_changing_proposals() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF to_jsonb(OLD) - 'stage' <> to_jsonb(NEW) - 'stage' OR OLD.stage = 'replaced' THEN
        RAISE EXCEPTION 'a proposal is decided on or replaced, never rewritten'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER never_rewritten BEFORE UPDATE ON cycle_resultproposal
 FOR EACH ROW EXECUTE FUNCTION cycle_refuse_changing_proposals();
CREATE TRIGGER never_deleted BEFORE DELETE ON cycle_resultproposal
 FOR EACH ROW EXECUTE FUNCTION parties_refuse_change();
"""
UNDO = """
DROP TRIGGER only_added ON cycle_resultdecision;
DROP TRIGGER only_added ON cycle_useaccount;
DROP TRIGGER never_rewritten ON cycle_resultproposal;
DROP TRIGGER never_deleted ON cycle_resultproposal;
DROP FUNCTION cycle_refuse_changing_proposals;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('cycle', '0024_what_units_disclose'),
        ('parties', '0020_organisations_in_order'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ResultProposal',
            fields=[
                ('id', models.UUIDField(default=gongzhi.trust.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('fiscal_year', models.PositiveSmallIntegerField()),
                ('base', models.DecimalField(decimal_places=2, max_digits=18)),
                ('result', models.DecimalField(decimal_places=2, max_digits=18)),
                ('use', models.CharField(blank=True, choices=[('prefer', '优先保障'), ('keep', '按需保障'), ('reduce', '压减并整改'), ('cancel', '取消，或者暂停到整改完成')], max_length=10)),
                ('stage', models.CharField(choices=[('proposed', '待决定'), ('decided', '已决定'), ('replaced', '已重新提出')], default='proposed', max_length=10)),
                ('pack', models.CharField(max_length=60)),
                ('record', models.JSONField()),
                ('made_on', models.DateField()),
                ('due_on', models.DateField()),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='cycle.project')),
            ],
            options={
                'ordering': ['-fiscal_year', 'project'],
            },
        ),
        migrations.CreateModel(
            name='ResultDecision',
            fields=[
                ('id', models.UUIDField(default=gongzhi.trust.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('amount', models.DecimalField(decimal_places=2, max_digits=18)),
                ('reason', models.TextField(blank=True, max_length=2000)),
                ('document_number', models.CharField(blank=True, max_length=100)),
                ('decided_on', models.DateField()),
                ('deed', models.UUIDField()),
                ('corrects', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrected_by', to='cycle.resultdecision')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.office')),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='cycle.resultproposal')),
            ],
            options={
                'ordering': ['proposal', 'id'],
            },
        ),
        migrations.CreateModel(
            name='UseAccount',
            fields=[
                ('id', models.UUIDField(default=gongzhi.trust.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('outcome', models.CharField(choices=[('adopted', '采用'), ('partly', '部分采用'), ('not', '没有采用')], max_length=10)),
                ('adopted', models.TextField(blank=True, max_length=2000)),
                ('changed', models.TextField(blank=True, max_length=2000)),
                ('reason', models.TextField(blank=True, max_length=2000)),
                ('told_on', models.DateField()),
                ('evaluation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='accounts', to='cycle.evaluation')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.office')),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='accounts', to='cycle.resultproposal')),
            ],
            options={
                'ordering': ['proposal', 'id'],
            },
        ),
        migrations.AddIndex(
            model_name='resultproposal',
            index=models.Index(fields=['fiscal_year', 'stage'], name='cycle_resul_fiscal__65c370_idx'),
        ),
        migrations.AddConstraint(
            model_name='resultproposal',
            constraint=models.CheckConstraint(condition=models.Q(('stage__in', ['proposed', 'decided', 'replaced'])), name='proposal_stage_is_known'),
        ),
        migrations.AddConstraint(
            model_name='resultproposal',
            constraint=models.CheckConstraint(condition=models.Q(('use__in', ['', 'prefer', 'keep', 'reduce', 'cancel'])), name='proposal_use_is_known'),
        ),
        migrations.AddConstraint(
            model_name='resultproposal',
            constraint=models.CheckConstraint(condition=models.Q(('base__gte', 0), ('result__gte', 0)), name='a_proposal_takes_no_more_than_there_is'),
        ),
        migrations.AddConstraint(
            model_name='resultproposal',
            constraint=models.UniqueConstraint(condition=models.Q(('stage__in', ['proposed', 'decided'])), fields=('project', 'fiscal_year'), name='one_standing_proposal'),
        ),
        migrations.AddConstraint(
            model_name='resultdecision',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gte', 0)), name='a_decision_takes_nothing'),
        ),
        migrations.AddConstraint(
            model_name='resultdecision',
            constraint=models.UniqueConstraint(condition=models.Q(('corrects', None)), fields=('proposal',), name='one_first_decision'),
        ),
        migrations.AddConstraint(
            model_name='useaccount',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'not'), models.Q(('reason', ''), _negated=True)), models.Q(('outcome', 'adopted'), models.Q(('adopted', ''), _negated=True)), models.Q(('outcome', 'partly'), models.Q(('adopted', ''), _negated=True), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='an_account_says_what_or_why_not'),
        ),
        migrations.RunSQL(TRIGGERS, UNDO),
    ]
