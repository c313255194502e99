"""What a unit discloses of a year: packs, pieces, passages kept back; published, they stay."""

import django.db.models.deletion
import gongzhi.trust.identifiers
from django.conf import settings
from django.db import migrations, models

PACKS = """
CREATE FUNCTION cycle_refuse_rewriting_packs() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.stage IN ('published', 'withdrawn') THEN
        RAISE EXCEPTION 'a pack that was published or withdrawn stays as it is'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER never_rewritten BEFORE UPDATE ON cycle_disclosurepack
    FOR EACH ROW EXECUTE FUNCTION cycle_refuse_rewriting_packs();
CREATE TRIGGER never_deleted BEFORE DELETE ON cycle_disclosurepack
    FOR EACH ROW EXECUTE FUNCTION parties_refuse_change();
"""
PIECES = """
CREATE FUNCTION cycle_refuse_rewriting_pieces() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT stage FROM cycle_disclosurepack WHERE id = OLD.pack_id)
        IN ('published', 'withdrawn') THEN
        RAISE EXCEPTION 'a piece of a pack that was published or withdrawn stays as it is'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER never_rewritten BEFORE UPDATE ON cycle_packpiece
    FOR EACH ROW EXECUTE FUNCTION cycle_refuse_rewriting_pieces();
CREATE TRIGGER never_deleted BEFORE DELETE ON cycle_packpiece
    FOR EACH ROW EXECUTE FUNCTION parties_refuse_change();
CREATE TRIGGER only_added BEFORE UPDATE OR DELETE ON cycle_redaction
    FOR EACH ROW EXECUTE FUNCTION parties_refuse_change();
"""
UNDO = """
DROP TRIGGER never_rewritten ON cycle_disclosurepack;
DROP TRIGGER never_deleted ON cycle_disclosurepack;
DROP TRIGGER never_rewritten ON cycle_packpiece;
DROP TRIGGER never_deleted ON cycle_packpiece;
DROP TRIGGER only_added ON cycle_redaction;
DROP FUNCTION cycle_refuse_rewriting_packs();
DROP FUNCTION cycle_refuse_rewriting_pieces();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('cycle', '0023_what_the_congress_asks'),
        ('parties', '0020_organisations_in_order'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='DisclosurePack',
            fields=[
                ('id', models.UUIDField(default=gongzhi.trust.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('fiscal_year', models.PositiveSmallIntegerField()),
                ('occasion', models.CharField(max_length=20)),
                ('number', models.PositiveSmallIntegerField(null=True)),
                ('stage', models.CharField(choices=[('draft', '待公开审查'), ('reviewed', '审查完毕，待公开'), ('published', '已公开'), ('withdrawn', '已撤回')], default='draft', max_length=20)),
                ('because', models.TextField(blank=True, max_length=2000)),
                ('review', models.TextField(blank=True, max_length=2000)),
                ('digest', models.CharField(blank=True, max_length=80)),
                ('drafted_on', models.DateField()),
                ('published_on', models.DateField(null=True)),
                ('drafted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation')),
                ('replaces', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='cycle.disclosurepack')),
            ],
            options={
                'ordering': ['-fiscal_year', '-id'],
            },
        ),
        migrations.CreateModel(
            name='PackPiece',
            fields=[
                ('id', models.UUIDField(default=gongzhi.trust.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('position', models.PositiveIntegerField()),
                ('kind', models.CharField(max_length=40)),
                ('name', models.CharField(max_length=300)),
                ('of', models.CharField(max_length=100)),
                ('came_on', models.DateField(null=True)),
                ('record', models.JSONField()),
                ('stage', models.CharField(choices=[('undecided', '待审查'), ('cleared', '可以公开'), ('referred', '不能确定，已报请确定'), ('kept_back', '不予公开'), ('released', '已公开')], default='undecided', max_length=20)),
                ('reason', models.TextField(blank=True, max_length=1000)),
                ('document', models.CharField(blank=True, max_length=200)),
                ('pack', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pieces', to='cycle.disclosurepack')),
            ],
            options={
                'ordering': ['pack', 'position'],
            },
        ),
        migrations.CreateModel(
            name='Redaction',
            fields=[
                ('id', models.UUIDField(default=gongzhi.trust.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('at', models.CharField(max_length=40)),
                ('passage', models.TextField(max_length=4000)),
                ('ground', models.CharField(choices=[('privacy', '个人隐私'), ('business', '商业秘密'), ('law', '依法不予公开')], max_length=20)),
                ('reason', models.CharField(max_length=500)),
                ('redacted_on', models.DateField()),
                ('piece', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='redactions', to='cycle.packpiece')),
                ('redacted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.office')),
            ],
            options={
                'ordering': ['piece', 'id'],
            },
        ),
        migrations.AddIndex(
            model_name='disclosurepack',
            index=models.Index(fields=['fiscal_year', 'occasion', 'stage'], name='cycle_discl_fiscal__2ff379_idx'),
        ),
        migrations.AddConstraint(
            model_name='disclosurepack',
            constraint=models.CheckConstraint(condition=models.Q(('stage__in', ['draft', 'reviewed', 'published', 'withdrawn'])), name='pack_stage_is_known'),
        ),
        migrations.AddConstraint(
            model_name='disclosurepack',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('number__isnull', False), ('published_on__isnull', False), ('stage', 'published'), models.Q(('digest', ''), _negated=True)), models.Q(models.Q(('stage', 'published'), _negated=True), ('digest', ''), ('number', None), ('published_on', None)), _connector='OR'), name='published_packs_have_number_day_and_digest'),
        ),
        migrations.AddConstraint(
            model_name='disclosurepack',
            constraint=models.CheckConstraint(condition=models.Q(('replaces', None), models.Q(('because', ''), _negated=True), _connector='OR'), name='a_corrected_pack_has_its_reason'),
        ),
        migrations.AddConstraint(
            model_name='disclosurepack',
            constraint=models.UniqueConstraint(fields=('organisation', 'fiscal_year', 'occasion', 'number'), name='one_pack_a_number'),
        ),
        migrations.AddConstraint(
            model_name='disclosurepack',
            constraint=models.UniqueConstraint(condition=models.Q(('stage__in', ['draft', 'reviewed'])), fields=('organisation', 'fiscal_year', 'occasion'), name='one_unfinished_pack'),
        ),
        migrations.AddConstraint(
            model_name='disclosurepack',
            constraint=models.UniqueConstraint(condition=models.Q(('stage', 'published')), fields=('replaces',), name='one_published_correction_of_a_pack'),
        ),
        migrations.AddConstraint(
            model_name='packpiece',
            constraint=models.UniqueConstraint(fields=('pack', 'position'), name='one_piece_a_position'),
        ),
        migrations.AddConstraint(
            model_name='packpiece',
            constraint=models.UniqueConstraint(fields=('pack', 'kind', 'of'), name='one_piece_of_a_thing'),
        ),
        migrations.AddConstraint(
            model_name='packpiece',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('stage__in', ['referred', 'kept_back']), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='a_piece_held_back_has_its_reason'),
        ),
        migrations.RunSQL(PACKS + PIECES, UNDO),
    ]
