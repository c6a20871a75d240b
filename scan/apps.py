from django.apps import AppConfig


class ScanConfig(AppConfig):
    name = "scan"

    def ready(self) -> None:
        from jobs.daily import every_day
        from scan.progress import refresh_all

        every_day(refresh_all)
