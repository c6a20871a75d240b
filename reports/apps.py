from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"

    def ready(self) -> None:
        from jobs import kinds
        from jobs.daily import every_day
        from jobs.sweep import at_each_sweep
        from reports import closing, handing_out, pdf_job, privacy_job, retention
        from reports.board import job as board_job
        from reports.ending import close_due
        from reports.exports import all_pdfs
        from reports.exports import job as export_job
        from reports.learning import card_job, proposing
        from reports.over_time.tick import freeze_missing
        from reports.sharing import links
        from reports.sharing import pdf_job as shared_pdf_job
        from scan.mailing.recipients import register_recipients, round_link
        from scan.results_link import results_link

        kinds.register(closing.KIND, closing.work)
        kinds.register(pdf_job.KIND, pdf_job.work)
        kinds.register(shared_pdf_job.KIND, shared_pdf_job.work)
        kinds.register(export_job.KIND, export_job.work)
        kinds.register(all_pdfs.KIND, all_pdfs.work)
        kinds.register(privacy_job.KIND, privacy_job.work)
        kinds.register(proposing.KIND, proposing.work)
        kinds.register(card_job.KIND, card_job.work)
        kinds.register(board_job.KIND, board_job.work)
        kinds.register(retention.KIND, retention.work)
        at_each_sweep(close_due)
        every_day(retention.delete_due)
        every_day(links.delete_ended)
        every_day(freeze_missing)
        at_each_sweep(retention.delete_due)
        register_recipients("managers", handing_out.managers_of, round_link)
        register_recipients("results", handing_out.staff_of, results_link)
