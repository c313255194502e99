"""What higher levels of government gave for projects; only added."""

import django.db.models.deletion
import gongzhi.trust.identifiers
from django.db import migrations, models


ONLY_ADDED = (
    "CREATE TRIGGER only_added BEFORE UPDATE OR DELETE ON cycle_grant"
    " FOR EACH ROW EXECUTE FUNCTION parties_refuse_change();\n"
)
UNDO = "DROP TRIGGER only_added ON cycle_grant;\n"


class Migration(migrations.Migration):

    dependencies = [
        ('cycle', '0014_readings_rest_on_evidence'),
        ('parties', '0019_currency_of_regions'),
    ]

    operations = [
        migrations.CreateModel(
            name='Grant',
            fields=[
                ('id', models.UUIDField(default=gongzhi.trust.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('fiscal_year', models.PositiveSmallIntegerField()),
                ('level', models.CharField(choices=[('central', '中央'), ('province', '省级'), ('city', '市级'), ('county', '县级')], max_length=10)),
                ('giver', models.CharField(max_length=200)),
                ('kind', models.CharField(choices=[('general', '一般性转移支付'), ('special', '专项转移支付')], max_length=10)),
                ('amount', models.DecimalField(decimal_places=2, max_digits=18)),
                ('document_number', models.CharField(max_length=100)),
                ('given_on', models.DateField()),
                ('purpose', models.CharField(blank=True, max_length=500)),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.office')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='grants', to='cycle.project')),
            ],
            options={
                'ordering': ['given_on', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('level__in', ['central', 'province', 'city', 'county'])), name='a_grant_is_of_a_level'), models.CheckConstraint(condition=models.Q(('kind__in', ['general', 'special'])), name='a_grant_is_tied_or_not'), models.CheckConstraint(condition=models.Q(('kind', 'general'), models.Q(('purpose', ''), _negated=True), _connector='OR'), name='a_special_grant_has_a_purpose'), models.CheckConstraint(condition=models.Q(('amount', 0), _negated=True), name='a_grant_is_money')],
            },
        ),
        migrations.RunSQL(ONLY_ADDED, UNDO),
    ]
