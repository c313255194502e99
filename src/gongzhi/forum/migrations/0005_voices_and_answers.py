"""Voices, who stands behind them, what was answered and what they changed."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import gongzhi.trust.identifiers
from django.conf import settings
from django.db import migrations, models


ONLY_ADDED = "".join(
    f"CREATE TRIGGER only_added BEFORE UPDATE OR DELETE ON forum_{table}"
    " FOR EACH ROW EXECUTE FUNCTION parties_refuse_change();\n"
    for table in ("voiceanswer", "voicestep", "resourceoffer")
)
NEVER_DELETED = "".join(
    f"CREATE TRIGGER never_deleted BEFORE DELETE ON forum_{table}"
    " FOR EACH ROW EXECUTE FUNCTION parties_refuse_change();\n"
    for table in ("voice", "support", "adoptedchange")
)
UNDO = "".join(
    f"DROP TRIGGER only_added ON forum_{table};\n"
    for table in ("voiceanswer", "voicestep", "resourceoffer")
) + "".join(
    f"DROP TRIGGER never_deleted ON forum_{table};\n"
    for table in ("voice", "support", "adoptedchange")
)


class Migration(migrations.Migration):

    dependencies = [
        ('cycle', '0033_whole_forms_of_units'),
        ('forum', '0004_topics_and_moderation'),
        ('parties', '0021_public_names_and_answer_links'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Voice',
            fields=[
                ('id', models.UUIDField(default=gongzhi.trust.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('fiscal_year', models.PositiveSmallIntegerField()),
                ('number', models.PositiveIntegerField()),
                ('kind', models.CharField(choices=[('need', '需求'), ('proposal', '改进建议'), ('suggestion', '指标修改意见')], max_length=12)),
                ('stage', models.CharField(choices=[('received', '待答复'), ('answered', '已答复'), ('asked', '要求补充答复'), ('supplemented', '已补充答复'), ('merged', '已合并'), ('withdrawn', '已撤回')], default='received', max_length=14)),
                ('label', models.CharField(default='public', max_length=20)),
                ('about', models.CharField(max_length=100)),
                ('title', models.CharField(max_length=100)),
                ('text', models.TextField(max_length=2000)),
                ('grounds', models.TextField(blank=True, max_length=2000)),
                ('said_on', models.DateField()),
                ('due_on', models.DateField()),
                ('words', django.contrib.postgres.search.SearchVectorField(editable=False, null=True)),
                ('addressed', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation')),
                ('merged_into', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='forum.voice')),
                ('office', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.office')),
                ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='voices', to='parties.organisation')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('place', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.region')),
                ('process', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='voices', to='forum.process')),
                ('project', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='voices', to='cycle.project')),
            ],
            options={
                'ordering': ['-fiscal_year', '-number'],
            },
        ),
        migrations.CreateModel(
            name='ResourceOffer',
            fields=[
                ('id', models.UUIDField(default=gongzhi.trust.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('text', models.TextField(max_length=2000)),
                ('offered_on', models.DateField()),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.office')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation')),
                ('voice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='offers', to='forum.voice')),
            ],
            options={
                'ordering': ['voice', 'id'],
            },
        ),
        migrations.CreateModel(
            name='AdoptedChange',
            fields=[
                ('id', models.UUIDField(default=gongzhi.trust.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('indicator', models.CharField(blank=True, max_length=40)),
                ('name', models.CharField(blank=True, max_length=300)),
                ('figure', models.CharField(choices=[('target', '目标值'), ('weight', '分值'), ('relation', '达到的方式（≥ ≤ =）'), ('amount', '预算金额')], max_length=10)),
                ('old', models.CharField(blank=True, max_length=300)),
                ('new', models.CharField(max_length=300)),
                ('adopted_on', models.DateField()),
                ('end', models.CharField(blank=True, choices=[('approved', '调整已批复'), ('returned', '调整被退回'), ('dropped', '调整没有包含这项修改')], max_length=10)),
                ('why', models.TextField(blank=True, max_length=2000)),
                ('ended_on', models.DateField(null=True)),
                ('decided', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='changed_by', to='cycle.goalversion')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.office')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.office')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='adopted_changes', to='cycle.goalversion')),
                ('voice', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='change', to='forum.voice')),
            ],
            options={
                'ordering': ['voice'],
            },
        ),
        migrations.CreateModel(
            name='Support',
            fields=[
                ('id', models.UUIDField(default=gongzhi.trust.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('who', models.UUIDField()),
                ('since_on', models.DateField()),
                ('until_on', models.DateField(null=True)),
                ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation')),
                ('voice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='supports', to='forum.voice')),
            ],
            options={
                'ordering': ['voice', 'id'],
            },
        ),
        migrations.CreateModel(
            name='VoiceAnswer',
            fields=[
                ('id', models.UUIDField(default=gongzhi.trust.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('outcome', models.CharField(choices=[('adopted', '采纳'), ('partly', '部分采纳'), ('declined', '不采纳')], max_length=10)),
                ('text', models.TextField(max_length=4000)),
                ('answered_on', models.DateField()),
                ('due_on', models.DateField()),
                ('supplements', models.BooleanField(default=False)),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.office')),
                ('voice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='forum.voice')),
            ],
            options={
                'ordering': ['voice', 'id'],
            },
        ),
        migrations.CreateModel(
            name='VoiceStep',
            fields=[
                ('id', models.UUIDField(default=gongzhi.trust.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('verb', models.CharField(max_length=40)),
                ('reason', models.TextField(blank=True, max_length=2000)),
                ('done_on', models.DateField()),
                ('office', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.office')),
                ('voice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='forum.voice')),
            ],
            options={
                'ordering': ['voice', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Suggestion',
            fields=[
                ('voice', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='suggestion', serialize=False, to='forum.voice')),
                ('indicator', models.CharField(blank=True, max_length=40)),
                ('name', models.CharField(blank=True, max_length=300)),
                ('figure', models.CharField(choices=[('target', '目标值'), ('weight', '分值'), ('relation', '达到的方式（≥ ≤ =）'), ('amount', '预算金额')], max_length=10)),
                ('now', models.CharField(blank=True, max_length=300)),
                ('proposed', models.CharField(max_length=300)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='suggestions', to='cycle.goalversion')),
            ],
            options={
                'ordering': ['voice'],
            },
        ),
        migrations.AddIndex(
            model_name='voice',
            index=models.Index(fields=['stage', 'due_on'], name='forum_voice_stage_7c158a_idx'),
        ),
        migrations.AddIndex(
            model_name='voice',
            index=models.Index(fields=['addressed', 'stage'], name='forum_voice_address_a48bdf_idx'),
        ),
        migrations.AddIndex(
            model_name='voice',
            index=models.Index(fields=['about'], name='forum_voice_about_3ffaaa_idx'),
        ),
        migrations.AddIndex(
            model_name='voice',
            index=models.Index(fields=['person', 'fiscal_year'], name='forum_voice_person__046a71_idx'),
        ),
        migrations.AddIndex(
            model_name='voice',
            index=django.contrib.postgres.indexes.GinIndex(fields=['words'], name='voice_by_words'),
        ),
        migrations.AddConstraint(
            model_name='voice',
            constraint=models.UniqueConstraint(fields=('fiscal_year', 'number'), name='one_voice_a_number'),
        ),
        migrations.AddConstraint(
            model_name='voice',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['need', 'proposal', 'suggestion'])), name='voice_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='voice',
            constraint=models.CheckConstraint(condition=models.Q(('stage__in', ['received', 'answered', 'asked', 'supplemented', 'merged', 'withdrawn'])), name='voice_stage_is_known'),
        ),
        migrations.AddConstraint(
            model_name='voice',
            constraint=models.CheckConstraint(condition=models.Q(('label__in', ['public', 'internal'])), name='voice_label_is_known'),
        ),
        migrations.AddConstraint(
            model_name='voice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('office', None), ('organisation', None), ('person__isnull', False)), models.Q(('office__isnull', False), ('organisation__isnull', False), ('person', None)), _connector='OR'), name='a_voice_is_somebodys'),
        ),
        migrations.AddConstraint(
            model_name='voice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('stage', 'merged'), ('merged_into__isnull', False)), models.Q(models.Q(('stage', 'merged'), _negated=True), ('merged_into', None)), _connector='OR'), name='a_merged_voice_leads_to_another'),
        ),
        migrations.AddConstraint(
            model_name='voice',
            constraint=models.CheckConstraint(condition=models.Q(('merged_into', None), models.Q(('merged_into', models.F('id')), _negated=True), _connector='OR'), name='a_voice_does_not_lead_to_itself'),
        ),
        migrations.AddIndex(
            model_name='adoptedchange',
            index=models.Index(fields=['end'], name='forum_adopt_end_2a6b6f_idx'),
        ),
        migrations.AddConstraint(
            model_name='adoptedchange',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided', None), ('end', ''), ('ended_on', None)), models.Q(('end__in', ['approved', 'returned', 'dropped']), ('ended_on__isnull', False)), _connector='OR'), name='an_adopted_change_ends_on_a_day'),
        ),
        migrations.AddConstraint(
            model_name='support',
            constraint=models.UniqueConstraint(condition=models.Q(('until_on', None)), fields=('voice', 'who'), name='one_person_one_support'),
        ),
        migrations.AddConstraint(
            model_name='voiceanswer',
            constraint=models.UniqueConstraint(fields=('voice', 'supplements'), name='one_answer_and_one_supplement'),
        ),
        migrations.AddConstraint(
            model_name='voiceanswer',
            constraint=models.CheckConstraint(condition=models.Q(('outcome__in', ['adopted', 'partly', 'declined'])), name='voice_outcome_is_known'),
        ),
        migrations.AddConstraint(
            model_name='voiceanswer',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='an_answer_has_its_reason'),
        ),
        migrations.AddConstraint(
            model_name='suggestion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('figure', 'amount'), ('indicator', '')), models.Q(('figure__in', ['target', 'weight', 'relation']), models.Q(('indicator', ''), _negated=True)), _connector='OR'), name='suggested_figure_is_known'),
        ),
        migrations.RunSQL(ONLY_ADDED + NEVER_DELETED, UNDO),
    ]
