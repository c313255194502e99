"""Surveys: questions, marks that somebody answered, answers apart from them, papers, results."""

import django.db.models.deletion
import gongzhi.trust.identifiers
import uuid
from django.conf import settings
from django.db import migrations, models


# What was answered, keyed in and published stays as it is; nothing tells when a row came.
TABLES = ("surveyanswer", "surveymark", "paperkeying", "surveyresult")
ONLY_ADDED = "".join(
    f"CREATE TRIGGER only_added BEFORE UPDATE OR DELETE ON forum_{table}"
    " FOR EACH ROW EXECUTE FUNCTION parties_refuse_change();\n"
    for table in TABLES
)
UNDO = "".join(f"DROP TRIGGER only_added ON forum_{table};\n" for table in TABLES)


class Migration(migrations.Migration):

    dependencies = [
        ('cycle', '0033_whole_forms_of_units'),
        ('forum', '0005_voices_and_answers'),
        ('parties', '0022_citizens_sign_in'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Survey',
            fields=[
                ('id', models.UUIDField(default=gongzhi.trust.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('title', models.CharField(max_length=200)),
                ('about', models.CharField(blank=True, max_length=100)),
                ('indicator', models.CharField(blank=True, max_length=40)),
                ('sampled', models.BooleanField()),
                ('asked', models.PositiveIntegerField(null=True)),
                ('population', models.PositiveIntegerField(null=True)),
                ('method', models.TextField(max_length=1000)),
                ('stage', models.CharField(choices=[('draft', '草稿'), ('open', '正在调查'), ('closed', '已结束'), ('published', '已公开')], default='draft', max_length=20)),
                ('label', models.CharField(default='public', max_length=20)),
                ('opens_on', models.DateField()),
                ('closes_on', models.DateField()),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation')),
                ('process', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='surveys', to='forum.process')),
                ('project', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='surveys', to='cycle.project')),
            ],
            options={
                'ordering': ['-opens_on', '-id'],
            },
        ),
        migrations.CreateModel(
            name='SurveyAnswer',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('answers', models.JSONField()),
                ('survey', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='forum.survey')),
            ],
        ),
        migrations.CreateModel(
            name='SurveyMark',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('respondent', models.CharField(max_length=80)),
                ('way', models.CharField(choices=[('account', '登录后在网上'), ('link', '凭短信或者邮件里的链接'), ('paper', '在纸上，或者凭纸上的编号在网上')], max_length=10)),
                ('survey', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='marks', to='forum.survey')),
            ],
        ),
        migrations.CreateModel(
            name='SurveyPaper',
            fields=[
                ('id', models.UUIDField(default=gongzhi.trust.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('number', models.CharField(max_length=10)),
                ('stage', models.CharField(choices=[('printed', '已印出'), ('keyed', '录入一次，待第二人录入'), ('differs', '两次录入不一致'), ('agreed', '两次录入一致'), ('online', '已凭编号在网上回答')], default='printed', max_length=10)),
                ('answers', models.JSONField(null=True)),
                ('reason', models.CharField(blank=True, max_length=500)),
                ('survey', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='forum.survey')),
            ],
            options={
                'ordering': ['survey', 'number'],
            },
        ),
        migrations.CreateModel(
            name='PaperKeying',
            fields=[
                ('id', models.UUIDField(default=gongzhi.trust.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('position', models.PositiveSmallIntegerField()),
                ('answers', models.JSONField()),
                ('keyed_on', models.DateField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('paper', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='keyings', to='forum.surveypaper')),
            ],
            options={
                'ordering': ['paper', 'position'],
            },
        ),
        migrations.CreateModel(
            name='SurveyQuestion',
            fields=[
                ('id', models.UUIDField(default=gongzhi.trust.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(max_length=10)),
                ('code', models.CharField(blank=True, max_length=40)),
                ('text', models.CharField(max_length=300)),
                ('options', models.JSONField(default=list)),
                ('required', models.BooleanField(default=True)),
                ('measures', models.BooleanField(default=False)),
                ('survey', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='questions', to='forum.survey')),
            ],
            options={
                'ordering': ['survey', 'number'],
            },
        ),
        migrations.CreateModel(
            name='SurveyResult',
            fields=[
                ('id', models.UUIDField(default=gongzhi.trust.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('figures', models.JSONField()),
                ('why_no_reading', models.CharField(blank=True, max_length=40)),
                ('published_on', models.DateField()),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.office')),
                ('reading', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='survey_result', to='cycle.reading')),
                ('survey', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='result', to='forum.survey')),
            ],
        ),
        migrations.AddIndex(
            model_name='survey',
            index=models.Index(fields=['stage', 'closes_on'], name='forum_surve_stage_f692d5_idx'),
        ),
        migrations.AddConstraint(
            model_name='survey',
            constraint=models.CheckConstraint(condition=models.Q(('stage__in', ['draft', 'open', 'closed', 'published'])), name='survey_stage_is_known'),
        ),
        migrations.AddConstraint(
            model_name='survey',
            constraint=models.CheckConstraint(condition=models.Q(('closes_on__gte', models.F('opens_on'))), name='a_survey_closes_after_it_opens'),
        ),
        migrations.AddConstraint(
            model_name='survey',
            constraint=models.CheckConstraint(condition=models.Q(('sampled', False), models.Q(('asked__gte', 1), ('population__gte', models.F('asked'))), _connector='OR'), name='a_sample_says_how_many_were_asked'),
        ),
        migrations.AddConstraint(
            model_name='survey',
            constraint=models.CheckConstraint(condition=models.Q(('indicator', ''), ('project__isnull', False), _connector='OR'), name='an_indicator_is_a_projects'),
        ),
        migrations.AddConstraint(
            model_name='surveymark',
            constraint=models.UniqueConstraint(fields=('survey', 'respondent'), name='one_respondent_one_answer'),
        ),
        migrations.AddConstraint(
            model_name='surveypaper',
            constraint=models.UniqueConstraint(fields=('survey', 'number'), name='one_paper_a_number'),
        ),
        migrations.AddConstraint(
            model_name='surveypaper',
            constraint=models.CheckConstraint(condition=models.Q(('stage__in', ['printed', 'keyed', 'differs', 'agreed', 'online'])), name='survey_paper_stage_is_known'),
        ),
        migrations.AddConstraint(
            model_name='surveypaper',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answers__isnull', False), ('stage', 'agreed')), models.Q(models.Q(('stage', 'agreed'), _negated=True), ('answers__isnull', True)), _connector='OR'), name='what_is_agreed_has_answers'),
        ),
        migrations.AddConstraint(
            model_name='paperkeying',
            constraint=models.UniqueConstraint(fields=('paper', 'person'), name='two_keyings_are_two_peoples'),
        ),
        migrations.AddConstraint(
            model_name='paperkeying',
            constraint=models.UniqueConstraint(fields=('paper', 'position'), name='one_keying_a_position'),
        ),
        migrations.AddConstraint(
            model_name='paperkeying',
            constraint=models.CheckConstraint(condition=models.Q(('position__in', [1, 2])), name='a_paper_is_keyed_twice'),
        ),
        migrations.AddConstraint(
            model_name='surveyquestion',
            constraint=models.UniqueConstraint(fields=('survey', 'number'), name='one_question_a_number'),
        ),
        migrations.AddConstraint(
            model_name='surveyquestion',
            constraint=models.UniqueConstraint(condition=models.Q(('measures', True)), fields=('survey',), name='one_question_measures'),
        ),
        migrations.AddConstraint(
            model_name='surveyquestion',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['scale', 'single', 'multiple', 'number', 'text'])), name='question_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='surveyresult',
            constraint=models.CheckConstraint(condition=models.Q(('reading__isnull', True), ('why_no_reading', ''), _connector='XOR'), name='a_result_is_read_or_says_why_not'),
        ),
        migrations.RunSQL(ONLY_ADDED, UNDO),
    ]
