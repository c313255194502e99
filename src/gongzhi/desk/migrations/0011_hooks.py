"""Addresses where organisations are told by program, and the messages on their way there."""

import django.db.models.deletion
import gongzhi.trust.identifiers
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('desk', '0010_how_people_are_told'),
        ('parties', '0021_public_names_and_answer_links'),
    ]

    operations = [
        migrations.CreateModel(
            name='Hook',
            fields=[
                ('id', models.UUIDField(default=gongzhi.trust.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('address', models.CharField(max_length=500)),
                ('locked_secret', models.BinaryField()),
                ('stage', models.CharField(choices=[('listening', '接收中'), ('retired', '已停用')], default='listening', max_length=10)),
                ('registered_on', models.DateField()),
                ('retired_on', models.DateField(null=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hooks', to='parties.organisation')),
            ],
            options={
                'ordering': ['organisation', 'id'],
            },
        ),
        migrations.CreateModel(
            name='HookDelivery',
            fields=[
                ('id', models.UUIDField(default=gongzhi.trust.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('deed', models.UUIDField()),
                ('body', models.TextField()),
                ('state', models.CharField(choices=[('waiting', '待发送'), ('sent', '已发送'), ('failed', '没有发出')], default='waiting', max_length=10)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('fault', models.CharField(blank=True, max_length=60)),
                ('created_at', models.DateTimeField()),
                ('settled_at', models.DateTimeField(null=True)),
                ('hook', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deliveries', to='desk.hook')),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.AddConstraint(
            model_name='hook',
            constraint=models.UniqueConstraint(condition=models.Q(('stage', 'listening')), fields=('organisation', 'address'), name='a_hook_listens_once'),
        ),
        migrations.AddConstraint(
            model_name='hook',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('retired_on', None), ('stage', 'listening')), models.Q(('retired_on__isnull', False), ('stage', 'retired')), _connector='OR'), name='hook_stage_is_known'),
        ),
        migrations.AddConstraint(
            model_name='hookdelivery',
            constraint=models.UniqueConstraint(fields=('hook', 'deed'), name='a_hook_is_told_once'),
        ),
        migrations.AddConstraint(
            model_name='hookdelivery',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('settled_at', None), ('state', 'waiting')), models.Q(('settled_at__isnull', False), ('state__in', ['sent', 'failed'])), _connector='OR'), name='hook_delivery_is_settled_or_waits'),
        ),
    ]
