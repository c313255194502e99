"""Notices say why somebody is told; who wants them outside says of which topics at once or never."""

from django.db import migrations, models

TOPICS = [
    ("answered", "回复我的"),
    ("due", "快到期和逾期的"),
    ("office", "本单位的事"),
    ("followed", "我关注的"),
]


class Migration(migrations.Migration):

    dependencies = [("desk", "0009_papers_made_at_once")]
    operations = [
        migrations.AddField(
            "notice",
            "topic",
            models.CharField(max_length=10, choices=TOPICS, default="office"),
        ),
        migrations.AddField("digest", "at_once", models.JSONField(default=list)),
        migrations.AddField("digest", "never", models.JSONField(default=list)),
    ]
