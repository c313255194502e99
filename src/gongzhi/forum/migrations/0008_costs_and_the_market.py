"""What firms say of costs and the market; what was said or told is only added."""

import django.db.models.deletion
import django.db.models.expressions
import gongzhi.trust.identifiers
from django.db import migrations, models

TABLES = (
    "biddingdeclaration",
    "marketopinion",
    "marketrange",
    "quoteopening",
    "rangeuse",
)
ONLY_ADDED = "".join(
    f"CREATE TRIGGER only_added BEFORE UPDATE OR DELETE ON forum_{table}"
    " FOR EACH ROW EXECUTE FUNCTION parties_refuse_change();\n"
    for table in TABLES
)
UNDO = "".join(f"DROP TRIGGER only_added ON forum_{table};\n" for table in TABLES)


class Migration(migrations.Migration):
    dependencies = [('cycle', '0033_whole_forms_of_units'), ('forum', '0007_meetings'), ('parties', '0022_citizens_sign_in')]

    operations = [
        migrations.CreateModel(
            name='CostQuote',
            fields=[
                ('id', models.UUIDField(default=gongzhi.trust.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('deed', models.UUIDField()),
                ('number', models.PositiveSmallIntegerField(default=1)),
                ('quoted_on', models.DateField()),
                ('valid_until', models.DateField()),
                ('stage', models.CharField(choices=[('standing', '有效'), ('withdrawn', '已撤回')], default='standing', max_length=10)),
                ('label', models.CharField(default='confidential', max_length=20)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation')),
            ],
            options={
                'ordering': ['-quoted_on', '-id'],
            },
        ),
        migrations.CreateModel(
            name='MarketOpinion',
            fields=[
                ('id', models.UUIDField(default=gongzhi.trust.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('budget', '对预算的市场意见'), ('outlook', '技术和价格展望')], max_length=10)),
                ('verdict', models.CharField(blank=True, choices=[('realistic', '合理'), ('low', '偏低'), ('high', '偏高')], max_length=10)),
                ('of', models.CharField(blank=True, max_length=200)),
                ('text', models.TextField(max_length=4000)),
                ('said_on', models.DateField()),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='market_opinions', to='cycle.project')),
            ],
            options={
                'ordering': ['-said_on', '-id'],
            },
        ),
        migrations.CreateModel(
            name='MarketQuestion',
            fields=[
                ('id', models.UUIDField(default=gongzhi.trust.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('item', models.CharField(max_length=200)),
                ('unit', models.CharField(max_length=40)),
                ('purpose', models.TextField(max_length=2000)),
                ('indicator', models.CharField(blank=True, max_length=100)),
                ('line', models.CharField(blank=True, max_length=40)),
                ('asked_on', models.DateField()),
                ('due_on', models.DateField()),
                ('stage', models.CharField(choices=[('open', '征集中'), ('closed', '已结束')], default='open', max_length=10)),
                ('outcome', models.CharField(blank=True, choices=[('', '还没有统计'), ('told', '已公布区间'), ('too_few', '独立企业太少，不公布区间'), ('no_new', '新报价的企业太少，区间不重算')], max_length=10)),
                ('label', models.CharField(default='public', max_length=20)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='market_questions', to='cycle.project')),
            ],
            options={
                'ordering': ['-asked_on', '-id'],
            },
        ),
        migrations.CreateModel(
            name='DisclosureConsent',
            fields=[
                ('id', models.UUIDField(default=gongzhi.trust.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('reason', models.TextField(max_length=2000)),
                ('asked_on', models.DateField()),
                ('due_on', models.DateField()),
                ('stage', models.CharField(choices=[('waiting', '等待企业意见'), ('agreed', '同意公开'), ('refused', '不同意公开')], default='waiting', max_length=10)),
                ('answer', models.TextField(blank=True, max_length=2000)),
                ('answered_on', models.DateField(null=True)),
                ('disclosed', models.DecimalField(decimal_places=4, max_digits=18, null=True)),
                ('quote', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='forum.costquote')),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='forum.marketquestion')),
            ],
            options={
                'ordering': ['question', 'id'],
            },
        ),
        migrations.AddField(
            model_name='costquote',
            name='question',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='quotes', to='forum.marketquestion'),
        ),
        migrations.CreateModel(
            name='MarketRange',
            fields=[
                ('id', models.UUIDField(default=gongzhi.trust.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveSmallIntegerField()),
                ('low', models.DecimalField(decimal_places=4, max_digits=18)),
                ('high', models.DecimalField(decimal_places=4, max_digits=18)),
                ('step', models.DecimalField(decimal_places=4, max_digits=18)),
                ('firms', models.PositiveSmallIntegerField()),
                ('published_on', models.DateField()),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ranges', to='forum.marketquestion')),
            ],
            options={
                'ordering': ['question', 'number'],
            },
        ),
        migrations.CreateModel(
            name='QuoteOpening',
            fields=[
                ('id', models.UUIDField(default=gongzhi.trust.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('deed', models.UUIDField()),
                ('opened_on', models.DateField()),
                ('quote', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='openings', to='forum.costquote')),
                ('range', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='openings', to='forum.marketrange')),
            ],
            options={
                'ordering': ['quote', 'id'],
            },
        ),
        migrations.CreateModel(
            name='RangeUse',
            fields=[
                ('id', models.UUIDField(default=gongzhi.trust.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('figure', models.CharField(max_length=200)),
                ('text', models.TextField(max_length=2000)),
                ('used_on', models.DateField()),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.office')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='range_uses', to='cycle.project')),
                ('range', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='uses', to='forum.marketrange')),
            ],
            options={
                'ordering': ['project', 'id'],
            },
        ),
        migrations.CreateModel(
            name='BiddingDeclaration',
            fields=[
                ('id', models.UUIDField(default=gongzhi.trust.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('text', models.TextField(max_length=2000)),
                ('declared_on', models.DateField()),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bidding_declarations', to='cycle.project')),
            ],
            options={
                'ordering': ['project', 'id'],
                'constraints': [models.UniqueConstraint(fields=('project', 'organisation'), name='a_firm_declares_its_bid_once')],
            },
        ),
        migrations.AddConstraint(
            model_name='marketopinion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'budget'), ('verdict__in', ['realistic', 'low', 'high'])), models.Q(('kind', 'outlook'), ('verdict', '')), _connector='OR'), name='an_opinion_of_a_budget_has_a_verdict'),
        ),
        migrations.AddIndex(
            model_name='marketquestion',
            index=models.Index(fields=['stage', 'due_on'], name='market_questions_by_due'),
        ),
        migrations.AddConstraint(
            model_name='marketquestion',
            constraint=models.UniqueConstraint(fields=('project', 'item', 'unit'), name='an_item_is_asked_once_for_a_project'),
        ),
        migrations.AddConstraint(
            model_name='marketquestion',
            constraint=models.CheckConstraint(condition=models.Q(('due_on__gte', models.F('asked_on'))), name='a_market_question_ends_after_it_began'),
        ),
        migrations.AddConstraint(
            model_name='disclosureconsent',
            constraint=models.UniqueConstraint(fields=('quote',), name='a_quote_is_asked_about_once'),
        ),
        migrations.AddConstraint(
            model_name='disclosureconsent',
            constraint=models.CheckConstraint(condition=models.Q(('disclosed__isnull', True), ('stage', 'agreed'), _connector='OR'), name='only_what_was_agreed_to_is_disclosed'),
        ),
        migrations.AddConstraint(
            model_name='costquote',
            constraint=models.UniqueConstraint(condition=models.Q(('stage', 'standing')), fields=('question', 'organisation'), name='a_firm_quotes_once'),
        ),
        migrations.AddConstraint(
            model_name='costquote',
            constraint=models.CheckConstraint(condition=models.Q(('label', 'confidential')), name='a_quote_is_confidential'),
        ),
        migrations.AddConstraint(
            model_name='marketrange',
            constraint=models.UniqueConstraint(fields=('question', 'number'), name='one_range_a_number'),
        ),
        migrations.AddConstraint(
            model_name='marketrange',
            constraint=models.CheckConstraint(condition=models.Q(('low__lt', models.F('high'))), name='a_range_has_two_ends'),
        ),
        migrations.RunSQL(ONLY_ADDED, UNDO),
    ]
