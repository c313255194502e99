"""Whether payment is to be suspended is decided on an alert, and told apart from its reason."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("cycle", "0006_facts_known_again")]

    operations = [
        migrations.AddField(
            model_name="alertstep",
            name="decision",
            field=models.CharField(
                blank=True,
                choices=[("suspend", "暂停拨付"), ("pay", "不暂停")],
                default="",
                max_length=10,
            ),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="alertstep",
            constraint=models.CheckConstraint(
                name="decision_is_known",
                condition=models.Q(("decision__in", ["", "suspend", "pay"])),
            ),
        ),
    ]
