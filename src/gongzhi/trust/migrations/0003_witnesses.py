"""Witnesses, what they cosigned, and the quorum; their rules stand in witnesses.sql."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models


RULES = Path(__file__).with_name("witnesses.sql").read_text()


class Migration(migrations.Migration):

    dependencies = [
        ('trust', '0002_growth_only'),
    ]

    operations = [
        migrations.CreateModel(
            name='Quorum',
            fields=[
                ('number', models.BigIntegerField(primary_key=True, serialize=False)),
                ('text', models.TextField()),
                ('threshold', models.PositiveSmallIntegerField()),
                ('deed', models.UUIDField()),
                ('since_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['number'],
            },
        ),
        migrations.CreateModel(
            name='Witness',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100, unique=True)),
                ('key', models.TextField(unique=True)),
                ('operator', models.CharField(max_length=200)),
                ('organisation', models.UUIDField(null=True)),
                ('address', models.TextField(blank=True)),
                ('admitted_by', models.UUIDField()),
                ('admitted_at', models.DateTimeField()),
                ('retired_by', models.UUIDField(null=True)),
                ('retired_at', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='WitnessContact',
            fields=[
                ('witness', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, serialize=False, to='trust.witness')),
                ('size', models.BigIntegerField(default=0)),
                ('asked_at', models.DateTimeField()),
                ('trouble', models.CharField(blank=True, max_length=20)),
            ],
        ),
        migrations.CreateModel(
            name='Anchor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('anchored_at', models.DateTimeField()),
                ('checkpoint', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='anchors', to='trust.signedcheckpoint')),
                ('quorum', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='anchors', to='trust.quorum')),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.UniqueConstraint(fields=('quorum', 'checkpoint'), name='anchored_once')],
            },
        ),
        migrations.CreateModel(
            name='Cosignature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('line', models.TextField()),
                ('stated_at_s', models.BigIntegerField()),
                ('received_at', models.DateTimeField()),
                ('checkpoint', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='cosignatures', to='trust.signedcheckpoint')),
                ('witness', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cosignatures', to='trust.witness')),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.UniqueConstraint(fields=('checkpoint', 'witness'), name='witness_cosigns_once')],
            },
        ),
        migrations.RunSQL(RULES, migrations.RunSQL.noop),
    ]
