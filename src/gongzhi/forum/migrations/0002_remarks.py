"""Remarks with their talk, locked; what was said stays as it is, though its row may move."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


RULES = """
CREATE TRIGGER only_moved BEFORE UPDATE ON forum_remarkmessage
    FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION parties_refuse_change();
CREATE TRIGGER only_added BEFORE DELETE ON forum_remarkmessage
    FOR EACH ROW EXECUTE FUNCTION parties_refuse_change();
"""
UNDO = """
DROP TRIGGER only_moved ON forum_remarkmessage;
DROP TRIGGER only_added ON forum_remarkmessage;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('cycle', '0033_whole_forms_of_units'),
        ('forum', '0001_processes_and_who_is_affected'),
        ('parties', '0021_public_names_and_answer_links'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Remark',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('suggestion', '意见建议'), ('oversight', '监督反馈')], max_length=12)),
                ('stage', models.CharField(choices=[('open', '等候答复'), ('asked', '等候补充'), ('answered', '已经答复')], default='open', max_length=10)),
                ('outcome', models.CharField(blank=True, choices=[('adopted', '采纳'), ('partly', '部分采纳'), ('not_adopted', '不采纳'), ('elsewhere', '转其他机关办理')], max_length=12)),
                ('received_on', models.DateField()),
                ('due_on', models.DateField()),
                ('answered_on', models.DateField(null=True)),
                ('locked_key', models.BinaryField()),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('project', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='remarks', to='cycle.project')),
                ('receiver', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation')),
            ],
            options={
                'ordering': ['-received_on', 'id'],
            },
        ),
        migrations.CreateModel(
            name='RemarkReceipt',
            fields=[
                ('remark', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='receipt', serialize=False, to='forum.remark')),
                ('digest', models.BinaryField(unique=True)),
                ('locked_key', models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name='RemarkMessage',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveSmallIntegerField()),
                ('voice', models.CharField(choices=[('remark', '来信'), ('question', '请补充'), ('addition', '补充'), ('answer', '答复')], max_length=10)),
                ('said_on', models.DateField()),
                ('locked', models.BinaryField()),
                ('office', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.office')),
                ('remark', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='forum.remark')),
            ],
            options={
                'ordering': ['remark', 'number'],
            },
        ),
        migrations.AddIndex(
            model_name='remark',
            index=models.Index(fields=['receiver', 'stage'], name='remarks_by_receiver'),
        ),
        migrations.AddConstraint(
            model_name='remark',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['suggestion', 'oversight'])), name='remark_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='remark',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_on__isnull', False), ('outcome__in', ['adopted', 'partly', 'not_adopted', 'elsewhere']), ('stage', 'answered')), models.Q(('answered_on', None), ('outcome', ''), ('stage__in', ['open', 'asked'])), _connector='OR'), name='an_answered_remark_has_its_outcome'),
        ),
        migrations.AddConstraint(
            model_name='remarkmessage',
            constraint=models.UniqueConstraint(fields=('remark', 'number'), name='one_remark_message_a_number'),
        ),
        migrations.AddConstraint(
            model_name='remarkmessage',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('office', None), ('voice__in', ['remark', 'addition'])), models.Q(('office__isnull', False), ('voice__in', ['question', 'answer'])), _connector='OR'), name='an_office_asks_and_answers'),
        ),
        migrations.RunSQL(RULES, UNDO),
    ]
