from typing import Any

from django.db import migrations, models


def mark_who_came_by_an_open_link(apps: Any, schema_editor: Any) -> None:
    """In rounds that are open now, told by what no other invitation lacks there. They go on without a code.

    A closed round has forgotten it.
    """
    invitations = apps.get_model("scan", "Invitation")._base_manager
    by_open_link = invitations.filter(
        person__isnull=True, code_hash__isnull=True, unit__has_open_link=True, round__state="open"
    )
    by_open_link.update(came_by_open_link=True)


class Migration(migrations.Migration):

    dependencies = [
        ('scan', '0003_changes_while_open'),
    ]

    operations = [
        migrations.AddField(
            model_name='invitation',
            name='came_by_open_link',
            field=models.BooleanField(default=False),
        ),
        migrations.RunPython(mark_who_came_by_an_open_link, migrations.RunPython.noop),
    ]
