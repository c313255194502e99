"""What the authority says to the comments when it issues a version."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("parties", "0006_sign_in")]
    operations = [
        migrations.AddField(
            model_name="charterversion",
            name="answer",
            field=models.TextField(blank=True, default="", max_length=5000),
            preserve_default=False,
        )
    ]
