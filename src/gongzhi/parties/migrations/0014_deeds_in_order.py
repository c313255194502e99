"""Let lists of deeds run along an index, whatever they are filtered by."""

from django.db import migrations, models

# Of all the indexes on a JSON column, only this one knows which lists hold a value.
BY_CLAUSE = "CREATE INDEX deeds_by_clause ON parties_deed USING gin (clauses jsonb_path_ops)"


class Migration(migrations.Migration):

    dependencies = [
        ('parties', '0013_erasure'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='deed',
            index=models.Index(fields=['verb', 'leaf'], name='deeds_by_verb'),
        ),
        migrations.AddIndex(
            model_name='deed',
            index=models.Index(fields=['party', 'leaf'], name='deeds_by_party'),
        ),
        migrations.AddIndex(
            model_name='deed',
            index=models.Index(fields=['person', 'leaf'], name='deeds_by_person'),
        ),
        migrations.AddIndex(
            model_name='deed',
            index=models.Index(fields=['business_date', 'leaf'], name='deeds_by_date'),
        ),
        migrations.AddIndex(
            model_name='deed',
            index=models.Index(
                condition=models.Q(('because__isnull', False)),
                fields=['because', 'leaf'],
                name='deeds_by_cause',
            ),
        ),
        migrations.RunSQL(BY_CLAUSE, "DROP INDEX deeds_by_clause"),
    ]
