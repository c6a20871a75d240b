from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"

    def ready(self) -> None:
        from jobs import kinds
        from jobs.sweep import at_each_sweep
        from reports import closing, handing_out, pdf_job
        from reports.ending import close_due
        from scan.mailing.recipients import register_recipients, round_link
        from scan.results_link import results_link

        kinds.register(closing.KIND, closing.work)
        kinds.register(pdf_job.KIND, pdf_job.work)
        at_each_sweep(close_due)
        register_recipients("managers", handing_out.managers_of, round_link)
        register_recipients("results", handing_out.staff_of, results_link)
