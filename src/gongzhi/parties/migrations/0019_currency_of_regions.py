"""The currency in which a region keeps its money."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('parties', '0018_found_by_name'),
    ]

    operations = [
        migrations.AddField(
            model_name='region',
            name='currency',
            field=models.CharField(default='CNY', max_length=3),
        ),
    ]
