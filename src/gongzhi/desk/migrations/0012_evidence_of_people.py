"""Files that people attach for themselves, and that go with their data.

What was attached still isn't changed, but for one way: of what a person attached the file and its
name go when their data are erased, and the row stays.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


CHANGED = """
    (OLD.about, OLD.name, OLD.content_id, OLD.label, OLD.organisation_id, OLD.holder_id)
    IS DISTINCT FROM
    (NEW.about, NEW.name, NEW.content_id, NEW.label, NEW.organisation_id, NEW.holder_id)
"""
ERASED = """
    OLD.holder_id IS NOT NULL AND NEW.content_id IS NULL AND NEW.stage = 'withdrawn'
    AND (OLD.about, OLD.label, OLD.organisation_id, OLD.holder_id)
    IS NOT DISTINCT FROM (NEW.about, NEW.label, NEW.organisation_id, NEW.holder_id)
    AND NEW.name IN (OLD.name, '—')
"""
TRIGGER = f"""
DROP TRIGGER only_withdrawn ON desk_attachment;
CREATE TRIGGER only_withdrawn BEFORE UPDATE ON desk_attachment
    FOR EACH ROW WHEN (({CHANGED} OR OLD.stage = 'withdrawn') AND NOT ({ERASED}))
    EXECUTE FUNCTION desk_refuse_change();
"""
BEFORE = """
DROP TRIGGER only_withdrawn ON desk_attachment;
CREATE TRIGGER only_withdrawn BEFORE UPDATE ON desk_attachment
    FOR EACH ROW WHEN (
        (OLD.about, OLD.name, OLD.content_id, OLD.label, OLD.organisation_id)
        IS DISTINCT FROM (NEW.about, NEW.name, NEW.content_id, NEW.label, NEW.organisation_id)
        OR OLD.stage = 'withdrawn'
    ) EXECUTE FUNCTION desk_refuse_change();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('desk', '0011_hooks'),
        ('parties', '0023_alarm_of_many_citizens'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='attachment',
            name='holder',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='attachment',
            name='content',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='attachments', to='desk.content'),
        ),
        migrations.AlterField(
            model_name='attachment',
            name='organisation',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation'),
        ),
        migrations.AddConstraint(
            model_name='attachment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('holder', None), ('organisation__isnull', False)), models.Q(('holder__isnull', False), ('organisation', None)), _connector='OR'), name='an_attachment_is_somebodys'),
        ),
        migrations.AddConstraint(
            model_name='attachment',
            constraint=models.CheckConstraint(condition=models.Q(('content__isnull', False), models.Q(('holder__isnull', False), ('stage', 'withdrawn')), _connector='OR'), name='only_what_was_erased_has_no_file'),
        ),
        migrations.RunSQL(TRIGGER, BEFORE),
    ]
