"""Notices say the business date of what they tell; those that stand were told on real days."""

from django.db import migrations, models

FILL = "UPDATE desk_notice SET told_on = (told_at AT TIME ZONE 'Asia/Shanghai')::date;"


class Migration(migrations.Migration):

    dependencies = [("desk", "0007_saved_views")]
    operations = [
        migrations.AddField("notice", "told_on", models.DateField(null=True)),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AlterField("notice", "told_on", models.DateField()),
    ]
