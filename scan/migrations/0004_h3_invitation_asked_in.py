import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('scan', '0003_h4_mailing_columns'),
    ]

    operations = [
        migrations.AddField(
            model_name='invitation',
            name='asked_in',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='scan.unit'),
        ),
    ]
