"""Keys of digests made under an earlier key of the installation, locked with the one of today."""

from uuid import uuid4

from django.db import migrations, models


class Migration(migrations.Migration):
    """The table of former keys."""

    dependencies = [("parties", "0016_moments_of_policy_deeds")]
    operations = [
        migrations.CreateModel(
            name="FormerKey",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=[("identity", "Identity"), ("erased", "Erased")], max_length=10
                    ),
                ),
                ("locked", models.BinaryField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("purpose__in", ["identity", "erased"])),
                        name="former_key_has_a_purpose",
                    )
                ]
            },
        )
    ]
