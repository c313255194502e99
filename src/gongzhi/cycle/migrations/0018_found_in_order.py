"""Facts and descriptions have the indexes that they are asked by, and no others."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cycle', '0017_readings_know_their_answer'),
        ('parties', '0020_organisations_in_order'),
    ]

    operations = [
        migrations.AlterField(
            model_name='budgetline',
            name='project',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='cycle.project'),
        ),
        migrations.AlterField(
            model_name='budgetline',
            name='unit',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='parties.organisation'),
        ),
        migrations.AlterField(
            model_name='contract',
            name='project',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='cycle.project'),
        ),
        migrations.AlterField(
            model_name='contract',
            name='unit',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='parties.organisation'),
        ),
        migrations.AlterField(
            model_name='payment',
            name='project',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='cycle.project'),
        ),
        migrations.AlterField(
            model_name='payment',
            name='unit',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='parties.organisation'),
        ),
        migrations.AlterField(
            model_name='planline',
            name='project',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='cycle.project'),
        ),
        migrations.AlterField(
            model_name='planline',
            name='unit',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='parties.organisation'),
        ),
        migrations.AlterField(
            model_name='targetline',
            name='project',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='cycle.project'),
        ),
        migrations.AlterField(
            model_name='targetline',
            name='unit',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='parties.organisation'),
        ),
        migrations.AddIndex(
            model_name='budgetline',
            index=models.Index(fields=['unit'], name='cycle_budge_unit_id_6393c7_idx'),
        ),
        migrations.AddIndex(
            model_name='contract',
            index=models.Index(fields=['project', 'number'], name='cycle_contr_project_4aaa77_idx'),
        ),
        migrations.AddIndex(
            model_name='contract',
            index=models.Index(fields=['unit'], name='cycle_contr_unit_id_0a3842_idx'),
        ),
        migrations.AddIndex(
            model_name='contract',
            index=models.Index(fields=['signed_on', 'id'], name='cycle_contr_signed__16bae5_idx'),
        ),
        migrations.AddIndex(
            model_name='payment',
            index=models.Index(fields=['paid_on', 'id'], name='cycle_payme_paid_on_be765a_idx'),
        ),
        migrations.AddIndex(
            model_name='planline',
            index=models.Index(fields=['unit'], name='cycle_planl_unit_id_b815a8_idx'),
        ),
        migrations.AddIndex(
            model_name='profile',
            index=models.Index(fields=['functional'], name='profile_by_class', opclasses=['varchar_pattern_ops']),
        ),
        migrations.AddIndex(
            model_name='targetline',
            index=models.Index(fields=['unit'], name='cycle_targe_unit_id_42a33f_idx'),
        ),
    ]
