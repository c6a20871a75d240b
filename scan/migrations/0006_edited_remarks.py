from typing import Any

from django.db import migrations, models


def gather_no_statistics(apps: Any, schema_editor: Any) -> None:
    """As migration 0005 does: PostgreSQL would keep examples of it after the rows are gone."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute('ALTER TABLE "scan_remark" ALTER COLUMN "edited" SET STATISTICS 0')


class Migration(migrations.Migration):

    dependencies = [
        ('scan', '0005_retention'),
    ]

    operations = [
        migrations.AddField(
            model_name='remark',
            name='edited',
            field=models.TextField(blank=True, default=''),
            preserve_default=False,
        ),
        migrations.RunPython(gather_no_statistics, migrations.RunPython.noop),
    ]
