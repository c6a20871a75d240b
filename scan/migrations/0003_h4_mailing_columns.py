from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('scan', '0002_planning_and_mailing'),
    ]

    operations = [
        migrations.AddField(
            model_name='delivery',
            name='tries',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='mailing',
            name='waits_until',
            field=models.DateTimeField(null=True),
        ),
    ]
