"""A witness cosigns the newest checkpoint again while nothing new comes."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('trust', '0003_witnesses'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='cosignature',
            name='witness_cosigns_once',
        ),
        migrations.AddConstraint(
            model_name='cosignature',
            constraint=models.UniqueConstraint(fields=('checkpoint', 'witness', 'stated_at_s'), name='cosigned_once_a_moment'),
        ),
    ]
