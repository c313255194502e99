"""Names chosen for public speech, contacts known again, links by which one answers once."""

import django.db.models.functions.text
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('parties', '0020_organisations_in_order'),
    ]

    operations = [
        migrations.CreateModel(
            name='AnswerLink',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('purpose', models.CharField(max_length=20)),
                ('about', models.CharField(max_length=80)),
                ('contact', models.CharField(max_length=64)),
                ('token', models.BinaryField(max_length=32, null=True, unique=True)),
                ('as_account', models.BooleanField(default=False)),
                ('expires_at', models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name='contact',
            name='digest',
            field=models.CharField(blank=True, db_index=True, max_length=64),
        ),
        migrations.AddField(
            model_name='contact',
            name='opens_account',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='person',
            name='public_name',
            field=models.CharField(blank=True, max_length=20, null=True),
        ),
        migrations.AddConstraint(
            model_name='contact',
            constraint=models.UniqueConstraint(condition=models.Q(('opens_account', True)), fields=('digest',), name='a_contact_opens_one_account'),
        ),
        migrations.AddConstraint(
            model_name='contact',
            constraint=models.CheckConstraint(condition=models.Q(('opens_account', False), models.Q(('verified_at__isnull', False), models.Q(('digest', ''), _negated=True)), _connector='OR'), name='contact_that_opens_an_account_is_verified'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.UniqueConstraint(django.db.models.functions.text.Lower('public_name'), name='public_name_is_one_persons'),
        ),
        migrations.AddConstraint(
            model_name='answerlink',
            constraint=models.UniqueConstraint(fields=('purpose', 'about', 'contact'), name='one_answer_link_a_contact'),
        ),
    ]
