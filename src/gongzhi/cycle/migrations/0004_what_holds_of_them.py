"""What holds of goals, money, readings and alerts, and how they are looked up."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("cycle", "0003_goals_money_and_alerts")]

    operations = [
        migrations.AddConstraint(
            model_name='aim',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['plan', 'report', 'livelihood', 'department'])), name='aim_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='aim',
            constraint=models.CheckConstraint(condition=models.Q(('within__isnull', True), models.Q(('within', models.F('id')), _negated=True), _connector='OR'), name='an_aim_is_not_its_own_part'),
        ),
        migrations.AddIndex(
            model_name='alert',
            index=models.Index(fields=['stage', 'opened_on'], name='cycle_alert_stage_5b1814_idx'),
        ),
        migrations.AddConstraint(
            model_name='alert',
            constraint=models.CheckConstraint(condition=models.Q(('stage__in', ['open', 'unanswered', 'answered', 'planned', 'reported', 'closed', 'withdrawn'])), name='alert_stage_is_known'),
        ),
        migrations.AddConstraint(
            model_name='alert',
            constraint=models.CheckConstraint(condition=models.Q(('label__in', ['internal', 'public'])), name='alert_label_is_known'),
        ),
        migrations.AddConstraint(
            model_name='alert',
            constraint=models.UniqueConstraint(fields=('project', 'fiscal_year', 'round'), name='one_alert_a_round'),
        ),
        migrations.AddConstraint(
            model_name='alertstep',
            constraint=models.CheckConstraint(condition=models.Q(('choice__in', ['', 'continue', 'reallocate', 'cancel'])), name='choice_is_known'),
        ),
        migrations.AddConstraint(
            model_name='appraisal',
            constraint=models.CheckConstraint(condition=models.Q(('conclusion__in', ['supported', 'adjusted', 'rejected'])), name='conclusion_is_known'),
        ),
        migrations.AddConstraint(
            model_name='budgetact',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['amendment', 'transfer'])), name='budget_act_is_known'),
        ),
        migrations.AddConstraint(
            model_name='budgetact',
            constraint=models.CheckConstraint(condition=models.Q(('amount', 0), _negated=True), name='a_budget_act_moves_money'),
        ),
        migrations.AddConstraint(
            model_name='collection',
            constraint=models.CheckConstraint(condition=models.Q(('stage__in', ['open', 'closed'])), name='collection_stage_is_known'),
        ),
        migrations.AddConstraint(
            model_name='collection',
            constraint=models.CheckConstraint(condition=models.Q(('month__gte', 1), ('month__lte', 12)), name='a_collection_is_of_a_month'),
        ),
        migrations.AddConstraint(
            model_name='collection',
            constraint=models.CheckConstraint(condition=models.Q(('due_on__gte', models.F('opened_on'))), name='a_collection_is_due_after_it_opens'),
        ),
        migrations.AddConstraint(
            model_name='collection',
            constraint=models.UniqueConstraint(fields=('organisation', 'fiscal_year', 'month'), name='one_collection_a_month'),
        ),
        migrations.AddIndex(
            model_name='contract',
            index=models.Index(fields=['identity'], name='cycle_contr_identit_5da187_idx'),
        ),
        migrations.AddIndex(
            model_name='budgetline',
            index=models.Index(fields=['identity'], name='cycle_budge_identit_ab2468_idx'),
        ),
        migrations.AddIndex(
            model_name='budgetline',
            index=models.Index(fields=['project', 'fiscal_year'], name='cycle_budge_project_6d52b2_idx'),
        ),
        migrations.AddIndex(
            model_name='goalversion',
            index=models.Index(fields=['fiscal_year', 'stage'], name='cycle_goalv_fiscal__c76370_idx'),
        ),
        migrations.AddConstraint(
            model_name='goalversion',
            constraint=models.CheckConstraint(condition=models.Q(('stage__in', ['draft', 'submitted', 'forwarded', 'asked', 'returned', 'approved', 'withdrawn'])), name='goal_stage_is_known'),
        ),
        migrations.AddConstraint(
            model_name='goalversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('approved_on__isnull', False), ('number__isnull', False), ('stage', 'approved')), models.Q(models.Q(('stage', 'approved'), _negated=True), ('approved_on', None), ('number', None)), _connector='OR'), name='approved_goals_have_number_and_date'),
        ),
        migrations.AddConstraint(
            model_name='goalversion',
            constraint=models.UniqueConstraint(fields=('project', 'fiscal_year', 'number'), name='one_goal_version_a_number'),
        ),
        migrations.AddConstraint(
            model_name='goalversion',
            constraint=models.UniqueConstraint(condition=models.Q(('stage__in', ['draft', 'submitted', 'forwarded', 'asked'])), fields=('project', 'fiscal_year'), name='one_unfinished_goal_version'),
        ),
        migrations.AddConstraint(
            model_name='goalversion',
            constraint=models.UniqueConstraint(condition=models.Q(('stage', 'approved')), fields=('replaces',), name='one_approved_adjustment'),
        ),
        migrations.AddConstraint(
            model_name='goalindicator',
            constraint=models.UniqueConstraint(fields=('version', 'position'), name='one_line_a_position'),
        ),
        migrations.AddConstraint(
            model_name='goalindicator',
            constraint=models.UniqueConstraint(fields=('version', 'key'), name='one_indicator_a_key'),
        ),
        migrations.AddConstraint(
            model_name='goalindicator',
            constraint=models.CheckConstraint(condition=models.Q(('course__in', ['so_far', 'adds_up', 'peak', 'kept'])), name='course_is_known'),
        ),
        migrations.AddConstraint(
            model_name='partner',
            constraint=models.UniqueConstraint(condition=models.Q(('until_on__isnull', True)), fields=('project', 'organisation'), name='one_part_at_a_time'),
        ),
        migrations.AddIndex(
            model_name='payment',
            index=models.Index(fields=['identity'], name='cycle_payme_identit_2e618e_idx'),
        ),
        migrations.AddIndex(
            model_name='payment',
            index=models.Index(fields=['project', 'paid_on'], name='cycle_payme_project_d48b2d_idx'),
        ),
        migrations.AddIndex(
            model_name='payment',
            index=models.Index(fields=['unit', 'paid_on'], name='cycle_payme_unit_id_026e48_idx'),
        ),
        migrations.AddConstraint(
            model_name='profile',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('starts_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='a_project_ends_after_it_starts'),
        ),
        migrations.AddIndex(
            model_name='reading',
            index=models.Index(fields=['project', 'ends_on'], name='cycle_readi_project_38aed1_idx'),
        ),
        migrations.AddConstraint(
            model_name='reading',
            constraint=models.CheckConstraint(condition=models.Q(('source__in', ['unit', 'social', 'enterprise', 'survey', 'data'])), name='reading_source_is_known'),
        ),
        migrations.AddConstraint(
            model_name='reading',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='a_reading_ends_after_it_starts'),
        ),
        migrations.AddConstraint(
            model_name='reading',
            constraint=models.CheckConstraint(condition=models.Q(('value__isnull', False), models.Q(('text', ''), _negated=True), models.Q(('why_none', ''), _negated=True), _connector='OR'), name='no_value_needs_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='watched',
            constraint=models.UniqueConstraint(fields=('project', 'fiscal_year'), name='watched_once_a_year'),
        ),
    ]
