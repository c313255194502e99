"""What people look at again and again."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import gongzhi.trust.identifiers


class Migration(migrations.Migration):
    """Saved views."""

    dependencies = [
        ("desk", "0006_found_by_name"),
        ("parties", "0018_found_by_name"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="SavedView",
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
                ("page", models.CharField(max_length=40)),
                ("query", models.CharField(blank=True, max_length=500)),
                ("name", models.CharField(max_length=60)),
                ("saved_on", models.DateField()),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="parties.organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="saved_views",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["page", "name", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person", "page", "name"), name="one_saved_view_a_name"
                    )
                ],
            },
        )
    ]
