"""How often readers said that they understood a page."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('forum', '0009_joint_projects'),
    ]

    operations = [
        migrations.CreateModel(
            name='UnderstoodCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('page', models.CharField(max_length=60)),
                ('day', models.DateField()),
                ('understood', models.PositiveIntegerField(default=0)),
                ('not_understood', models.PositiveIntegerField(default=0)),
            ],
            options={
                'ordering': ['-day', 'page'],
                'constraints': [models.UniqueConstraint(fields=('page', 'day'), name='one_count_a_page_and_day')],
            },
        ),
    ]
