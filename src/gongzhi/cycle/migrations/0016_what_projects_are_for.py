"""Sums by purpose and of whole regions; how far behind each project is, to be found by."""

import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.comparison
import django.db.models.functions.math
import django.db.models.lookups
from django.db import migrations, models


# The foreign key is checked at once, so that the column can be made to need a value.
REGIONS = (
    "UPDATE cycle_watchedsum AS kept SET region_id = unit.region_id"
    " FROM parties_organisation AS unit WHERE unit.id = kept.unit_id;\n"
    "SET CONSTRAINTS ALL IMMEDIATE;\n"
)


class Migration(migrations.Migration):

    dependencies = [
        ('cycle', '0015_grants_from_higher_levels'),
        ('parties', '0019_currency_of_regions'),
    ]

    operations = [
        migrations.CreateModel(
            name='PurposeSum',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('stage', models.CharField(choices=[('registered', '已登记'), ('disclosed', '已公开')], max_length=20)),
                ('fiscal_year', models.PositiveSmallIntegerField()),
                ('projects', models.PositiveIntegerField()),
                ('functional', models.CharField(blank=True, max_length=3)),
                ('red', models.PositiveIntegerField()),
                ('yellow', models.PositiveIntegerField()),
                ('kept', models.PositiveIntegerField()),
                ('on_plan', models.PositiveIntegerField()),
                ('behind', models.PositiveIntegerField()),
                ('missed', models.PositiveIntegerField()),
                ('unread', models.PositiveIntegerField()),
                ('budget', models.DecimalField(decimal_places=2, max_digits=22)),
                ('paid', models.DecimalField(decimal_places=2, max_digits=22)),
                ('paid_of_budget', models.DecimalField(decimal_places=2, max_digits=22)),
                ('goals_weight', models.DecimalField(decimal_places=2, max_digits=22)),
                ('goals', models.DecimalField(decimal_places=8, max_digits=30)),
                ('read', models.PositiveIntegerField()),
                ('dated', models.PositiveIntegerField()),
                ('over', models.PositiveIntegerField()),
                ('reached', models.DecimalField(decimal_places=8, max_digits=30)),
                ('reached_evenly', models.DecimalField(decimal_places=8, max_digits=30)),
                ('due', models.DecimalField(decimal_places=8, max_digits=30)),
                ('due_evenly', models.DecimalField(decimal_places=8, max_digits=30)),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.region')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation')),
                ('aim', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cycle.aim')),
            ],
            options={
                'ordering': ['fiscal_year', 'unit', 'stage', 'functional', 'aim'],
            },
        ),
        migrations.AddIndex(
            model_name='purposesum',
            index=models.Index(fields=['fiscal_year', 'unit'], name='purpose_sum_of_a_region'),
        ),
        migrations.AddField(
            model_name='watchedsum',
            name='region',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.region'),
        ),
        migrations.RunSQL(REGIONS, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name='watchedsum',
            name='region',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.region'),
        ),
        migrations.AlterField(
            model_name='watchedsum',
            name='unit',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation'),
        ),
        migrations.AddConstraint(
            model_name='watchedsum',
            constraint=models.UniqueConstraint(condition=models.Q(('unit__isnull', True)), fields=('fiscal_year', 'region', 'stage', 'level'), name='watched_sum_once_a_region'),
        ),
        migrations.AddField(
            model_name='watched',
            name='standing',
            field=models.GeneratedField(db_persist=True, expression=models.Case(models.When(goals_now__isnull=True, then=models.Value('unread')), models.When(goals_now__gte=1, then=models.Value('kept')), models.When(curves__ended=12, then=models.Value('missed')), models.When(django.db.models.lookups.GreaterThanOrEqual(django.db.models.expressions.CombinedExpression(django.db.models.functions.math.Round(django.db.models.expressions.CombinedExpression(models.Case(models.When(models.Q(('curves__ended__gt', 0)), then=models.ExpressionWrapper(django.db.models.expressions.CombinedExpression(django.db.models.functions.comparison.Coalesce(django.db.models.functions.comparison.Cast(models.Func(models.F('curves'), models.Value('due'), function='jsonb_extract_path_text', output_field=models.TextField()), models.DecimalField(decimal_places=6, max_digits=12)), django.db.models.functions.comparison.Cast(models.Func(models.F('curves'), models.Value('goals_planned'), django.db.models.functions.comparison.Cast(django.db.models.expressions.CombinedExpression(django.db.models.functions.comparison.Cast(models.Func(models.F('curves'), models.Value('ended'), function='jsonb_extract_path_text', output_field=models.TextField()), models.IntegerField()), '-', models.Value(1)), models.TextField()), function='jsonb_extract_path_text', output_field=models.TextField()), models.DecimalField(decimal_places=6, max_digits=12))), '-', django.db.models.functions.comparison.Greatest(django.db.models.expressions.CombinedExpression(django.db.models.functions.comparison.Coalesce(django.db.models.functions.comparison.Cast(models.Func(models.F('curves'), models.Value('due'), function='jsonb_extract_path_text', output_field=models.TextField()), models.DecimalField(decimal_places=6, max_digits=12)), django.db.models.functions.comparison.Cast(models.Func(models.F('curves'), models.Value('goals_planned'), django.db.models.functions.comparison.Cast(django.db.models.expressions.CombinedExpression(django.db.models.functions.comparison.Cast(models.Func(models.F('curves'), models.Value('ended'), function='jsonb_extract_path_text', output_field=models.TextField()), models.IntegerField()), '-', models.Value(1)), models.TextField()), function='jsonb_extract_path_text', output_field=models.TextField()), models.DecimalField(decimal_places=6, max_digits=12))), '-', models.Value(1)), models.Value(0))), output_field=models.DecimalField(decimal_places=6, max_digits=12))), output_field=models.DecimalField(decimal_places=6, max_digits=12)), '*', models.Value(100)), 1), '-', django.db.models.functions.math.Round(django.db.models.expressions.CombinedExpression(models.F('goals_now'), '*', models.Value(100)), 1)), models.Value(1)), then=models.Value('behind')), default=models.Value('on_plan'), output_field=models.CharField()), output_field=models.CharField(max_length=10)),
        ),
        migrations.AddField(
            model_name='watched',
            name='points_behind',
            field=models.GeneratedField(db_persist=True, expression=django.db.models.expressions.CombinedExpression(django.db.models.functions.math.Round(django.db.models.expressions.CombinedExpression(models.Case(models.When(models.Q(('curves__ended__gt', 0)), then=models.ExpressionWrapper(django.db.models.expressions.CombinedExpression(django.db.models.functions.comparison.Coalesce(django.db.models.functions.comparison.Cast(models.Func(models.F('curves'), models.Value('due'), function='jsonb_extract_path_text', output_field=models.TextField()), models.DecimalField(decimal_places=6, max_digits=12)), django.db.models.functions.comparison.Cast(models.Func(models.F('curves'), models.Value('goals_planned'), django.db.models.functions.comparison.Cast(django.db.models.expressions.CombinedExpression(django.db.models.functions.comparison.Cast(models.Func(models.F('curves'), models.Value('ended'), function='jsonb_extract_path_text', output_field=models.TextField()), models.IntegerField()), '-', models.Value(1)), models.TextField()), function='jsonb_extract_path_text', output_field=models.TextField()), models.DecimalField(decimal_places=6, max_digits=12))), '-', django.db.models.functions.comparison.Greatest(django.db.models.expressions.CombinedExpression(django.db.models.functions.comparison.Coalesce(django.db.models.functions.comparison.Cast(models.Func(models.F('curves'), models.Value('due'), function='jsonb_extract_path_text', output_field=models.TextField()), models.DecimalField(decimal_places=6, max_digits=12)), django.db.models.functions.comparison.Cast(models.Func(models.F('curves'), models.Value('goals_planned'), django.db.models.functions.comparison.Cast(django.db.models.expressions.CombinedExpression(django.db.models.functions.comparison.Cast(models.Func(models.F('curves'), models.Value('ended'), function='jsonb_extract_path_text', output_field=models.TextField()), models.IntegerField()), '-', models.Value(1)), models.TextField()), function='jsonb_extract_path_text', output_field=models.TextField()), models.DecimalField(decimal_places=6, max_digits=12))), '-', models.Value(1)), models.Value(0))), output_field=models.DecimalField(decimal_places=6, max_digits=12))), output_field=models.DecimalField(decimal_places=6, max_digits=12)), '*', models.Value(100)), 1), '-', django.db.models.functions.math.Round(django.db.models.expressions.CombinedExpression(models.F('goals_now'), '*', models.Value(100)), 1)), output_field=models.DecimalField(decimal_places=1, max_digits=12, null=True)),
        ),
        migrations.AddIndex(
            model_name='watched',
            index=models.Index(models.F('fiscal_year'), models.Case(models.When(level='red', then=models.Value(0)), models.When(level='yellow', then=models.Value(1)), models.When(level='blue', then=models.Value(2)), models.When(level='', then=models.Value(3)), output_field=models.IntegerField()), models.OrderBy(models.F('budget'), descending=True), name='watched_gravest_first'),
        ),
        migrations.AddIndex(
            model_name='watched',
            index=models.Index(models.F('fiscal_year'), models.OrderBy(models.F('budget'), descending=True, nulls_last=True), name='watched_largest_first'),
        ),
        migrations.AddIndex(
            model_name='watched',
            index=models.Index(models.F('fiscal_year'), django.db.models.expressions.CombinedExpression(models.F('goals_now'), '-', models.F('money_now')), name='watched_by_gap'),
        ),
        migrations.AddIndex(
            model_name='watched',
            index=models.Index(models.F('fiscal_year'), models.OrderBy(models.F('points_behind'), descending=True), models.OrderBy(models.F('budget'), descending=True, nulls_last=True), condition=models.Q(('standing__in', ['behind', 'missed'])), name='watched_most_behind_first'),
        ),
    ]
