"""Codes by which citizens sign in, logins elsewhere, and contacts that rest after an erasure."""

import django.db.models.deletion
import gongzhi.trust.identifiers
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('parties', '0021_public_names_and_answer_links'),
    ]

    operations = [
        migrations.CreateModel(
            name='EntryCode',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('channel', models.CharField(choices=[('email', '电子邮件'), ('sms', '短信')], max_length=10)),
                ('locked_address', models.BinaryField()),
                ('contact', models.CharField(db_index=True, max_length=64)),
                ('code', models.CharField(max_length=64)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('sent_at', models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name='RestingContact',
            fields=[
                ('digest', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('until_on', models.DateField()),
            ],
        ),
        migrations.CreateModel(
            name='OutsideLogin',
            fields=[
                ('id', models.UUIDField(default=gongzhi.trust.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('issuer', models.CharField(max_length=200)),
                ('subject', models.CharField(max_length=64)),
                ('created_at', models.DateTimeField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='outside_logins', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.UniqueConstraint(fields=('issuer', 'subject'), name='a_subject_is_one_account')],
            },
        ),
    ]
