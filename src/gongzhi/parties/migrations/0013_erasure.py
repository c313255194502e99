"""What people ask to have erased, and what was decided."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import gongzhi.trust.identifiers


class Migration(migrations.Migration):
    """A table of its own; one request waits at a time."""

    dependencies = [
        ("parties", "0012_subject_keys"),
    ]

    operations = [
        migrations.CreateModel(
            name="Erasure",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=gongzhi.trust.identifiers.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("reason", models.TextField(blank=True, max_length=500)),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("waiting", "等候办理"),
                            ("erased", "已删除"),
                            ("declined", "不予删除"),
                        ],
                        default="waiting",
                        max_length=20,
                    ),
                ),
                ("asked_on", models.DateField()),
                ("decided_on", models.DateField(null=True)),
                ("answer", models.TextField(blank=True, max_length=500)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("stage", "waiting")),
                        fields=("person",),
                        name="one_waiting_erasure_a_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_on", None), ("stage", "waiting")),
                            models.Q(("decided_on__isnull", False), ("stage", "erased")),
                            models.Q(
                                ("decided_on__isnull", False),
                                ("stage", "declined"),
                                models.Q(("answer", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="erasure_stage_is_known",
                    ),
                ],
            },
        ),
    ]
