"""An alarm for many new accounts of citizens from one place."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('parties', '0022_citizens_sign_in'),
    ]

    operations = [
        migrations.AlterField(
            model_name='alarm',
            name='kind',
            field=models.CharField(choices=[('one_account', '多处试猜同一账号的密码'), ('many_accounts', '一处试猜多个账号的密码'), ('codes', '密码正确而动态码连续错误'), ('many_citizens', '一处一小时内开立了很多市民账号'), ('copied_key', '安全密钥可能被复制')], max_length=20),
        ),
    ]
