"""What readings rest on: files, photos, surveys, published figures; only added."""

import django.db.models.deletion
import gongzhi.trust.identifiers
from django.db import migrations, models


ONLY_ADDED = (
    "CREATE TRIGGER only_added BEFORE UPDATE OR DELETE ON cycle_evidence"
    " FOR EACH ROW EXECUTE FUNCTION parties_refuse_change();\n"
)
UNDO = "DROP TRIGGER only_added ON cycle_evidence;\n"


class Migration(migrations.Migration):

    dependencies = [
        ('cycle', '0013_sums_of_what_was_seen'),
        ('desk', '0005_exports'),
    ]

    operations = [
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.UUIDField(default=gongzhi.trust.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('file', '文件'), ('photo', '照片'), ('survey', '问卷调查'), ('figure', '公布的数据')], max_length=10)),
                ('shows', models.CharField(max_length=500)),
                ('source', models.CharField(blank=True, max_length=300)),
                ('asked', models.PositiveIntegerField(null=True)),
                ('answered', models.PositiveIntegerField(null=True)),
                ('method', models.CharField(blank=True, max_length=200)),
                ('made_on', models.DateField()),
                ('added_on', models.DateField()),
                ('attachment', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='desk.attachment')),
                ('reading', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='grounds', to='cycle.reading')),
            ],
            options={
                'ordering': ['reading', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['file', 'photo', 'survey', 'figure'])), name='evidence_kind_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['file', 'photo']), _negated=True), ('attachment__isnull', False), _connector='OR'), name='files_and_photos_are_attached'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'survey'), _negated=True), models.Q(('answered__gte', 1), ('answered__isnull', False), ('asked__isnull', False), ('asked__gte', models.F('answered')), models.Q(('method', ''), _negated=True)), _connector='OR'), name='a_survey_says_whom_it_asked_and_how'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'figure'), _negated=True), models.Q(('source', ''), _negated=True), _connector='OR'), name='a_published_figure_has_a_source')],
            },
        ),
        migrations.RunSQL(ONLY_ADDED, UNDO),
    ]
