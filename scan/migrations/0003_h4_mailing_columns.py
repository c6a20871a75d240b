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
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.UniqueConstraint(condition=models.Q(('invitation__isnull', False)), fields=('mailing', 'invitation'), name='delivery_invitation_once'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.UniqueConstraint(condition=models.Q(('person__isnull', False)), fields=('mailing', 'person'), name='delivery_person_once'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.UniqueConstraint(condition=models.Q(('user__isnull', False)), fields=('mailing', 'user'), name='delivery_user_once'),
        ),
    ]
