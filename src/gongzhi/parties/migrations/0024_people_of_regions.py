"""How many people live in a region, as whoever registered it told."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("parties", "0023_alarm_of_many_citizens"),
    ]

    operations = [
        migrations.AddField(
            model_name="region",
            name="people",
            field=models.PositiveIntegerField(null=True),
        ),
    ]
