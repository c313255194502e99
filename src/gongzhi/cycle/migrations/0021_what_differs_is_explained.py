"""A version of a form keeps where it says otherwise than the facts, and why."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cycle', '0020_what_many_think_of_them'),
    ]

    operations = [
        migrations.AddField(
            model_name='formversion',
            name='explained',
            field=models.JSONField(default=list),
        ),
    ]
