from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"

    def ready(self) -> None:
        from jobs import kinds
        from reports import closing, pdf_job

        kinds.register(closing.KIND, closing.work)
        kinds.register(pdf_job.KIND, pdf_job.work)
