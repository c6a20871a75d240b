from typing import Any

from django.db import migrations, models

# Of all their columns: rows of these tables go at retention.
TABLES = ("scan_response", "scan_remark", "scan_draft", "scan_delivery", "scan_invitation", "scan_leftout",
          "scan_openlink", "scan_mailing")
COLUMNS = (("scan_round", "hash_key"), ("scan_round", "import_hash"), ("scan_round", "running_total"),
           ("scan_unit", "running_tenths"), ("organisations_logentry", "subject"), ("jobs_job", "key"),
           ("jobs_job", "result"), ("jobs_storedfile", "key"), ("jobs_storedfile", "content"))


def gather_no_statistics(apps: Any, schema_editor: Any) -> None:
    """PostgreSQL copies examples of values into its statistics, and keeps them when the table is empty."""
    connection = schema_editor.connection
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        columns = [(table, column.name) for table in TABLES
                   for column in connection.introspection.get_table_description(cursor, table)]
        for table, column in (*columns, *COLUMNS):
            cursor.execute(f'ALTER TABLE "{table}" ALTER COLUMN "{column}" SET STATISTICS 0')


class Migration(migrations.Migration):

    dependencies = [
        ('scan', '0004_codes_to_go_on_by'),
        ('jobs', '0001_initial'),
        ('organisations', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='round',
            name='is_past_retention',
            field=models.BooleanField(default=False),
        ),
        migrations.RunPython(gather_no_statistics, migrations.RunPython.noop),
    ]
