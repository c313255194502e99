"""Everything that a fact says is kept, so that it can be held against its seal."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cycle', '0008_deliveries_wait'),
    ]

    operations = [
        migrations.AddField(
            model_name='budgetline',
            name='committed',
            field=models.DecimalField(decimal_places=2, max_digits=18, null=True),
        ),
        migrations.AddField(
            model_name='budgetline',
            name='executed',
            field=models.DecimalField(decimal_places=2, max_digits=18, null=True),
        ),
        migrations.AddField(
            model_name='budgetline',
            name='name',
            field=models.CharField(blank=True, max_length=2000),
        ),
        migrations.AddField(
            model_name='budgetline',
            name='paid',
            field=models.DecimalField(decimal_places=2, max_digits=18, null=True),
        ),
        migrations.AddField(
            model_name='contract',
            name='method',
            field=models.CharField(blank=True, max_length=2000),
        ),
        migrations.AddField(
            model_name='contract',
            name='status',
            field=models.CharField(blank=True, max_length=2000),
        ),
    ]
