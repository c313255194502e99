"""What units state of their whole spending, version by version; published, they stay."""

import django.db.models.deletion
import gongzhi.trust.identifiers
from django.conf import settings
from django.db import migrations, models

FORMS = """
CREATE FUNCTION cycle_refuse_rewriting_wholes() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    free text[] := ARRAY['number', 'stage', 'published_on'];
BEGIN
    IF OLD.stage <> 'draft' OR to_jsonb(OLD) - free <> to_jsonb(NEW) - free THEN
        RAISE EXCEPTION 'a form of a whole unit is published or withdrawn, never rewritten'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER never_rewritten BEFORE UPDATE ON cycle_wholeform
    FOR EACH ROW EXECUTE FUNCTION cycle_refuse_rewriting_wholes();
CREATE TRIGGER never_deleted BEFORE DELETE ON cycle_wholeform
    FOR EACH ROW EXECUTE FUNCTION parties_refuse_change();
"""
UNDO = """
DROP TRIGGER never_rewritten ON cycle_wholeform;
DROP TRIGGER never_deleted ON cycle_wholeform;
DROP FUNCTION cycle_refuse_rewriting_wholes();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('cycle', '0032_goals_name_their_decision'),
        ('parties', '0020_organisations_in_order'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='WholeForm',
            fields=[
                ('id', models.UUIDField(default=gongzhi.trust.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('form_type', models.CharField(max_length=40)),
                ('fiscal_year', models.PositiveSmallIntegerField()),
                ('number', models.PositiveSmallIntegerField(null=True)),
                ('stage', models.CharField(choices=[('draft', '草稿'), ('published', '已公开'), ('withdrawn', '已撤回')], default='draft', max_length=20)),
                ('record', models.JSONField()),
                ('explained', models.JSONField(default=list)),
                ('pack', models.CharField(max_length=60)),
                ('drafted_on', models.DateField()),
                ('published_on', models.DateField(null=True)),
                ('drafted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation')),
            ],
            options={
                'ordering': ['-fiscal_year', 'form_type', '-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('form_type__in', ['goal_department', 'self_evaluation_department'])), name='whole_form_type_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('number__isnull', False), ('published_on__isnull', False), ('stage', 'published')), models.Q(('number', None), ('published_on', None), ('stage__in', ['draft', 'withdrawn'])), _connector='OR'), name='published_whole_forms_have_number_and_day'), models.UniqueConstraint(fields=('organisation', 'fiscal_year', 'form_type', 'number'), name='one_whole_form_a_number'), models.UniqueConstraint(condition=models.Q(('stage', 'draft')), fields=('organisation', 'fiscal_year', 'form_type'), name='one_draft_of_a_whole_form')],
            },
        ),
        migrations.RunSQL(FORMS, UNDO),
    ]
