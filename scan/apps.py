from django.apps import AppConfig


class ScanConfig(AppConfig):
    name = "scan"

    def ready(self) -> None:
        from jobs import kinds
        from jobs.daily import every_day
        from jobs.sweep import at_each_sweep
        from scan.links import paper_jobs, sealed_files
        from scan.mailing import sending, starting
        from scan.progress import refresh_all

        every_day(refresh_all)
        kinds.register(starting.KIND, sending.work)
        at_each_sweep(starting.start_due)
        every_day(sealed_files.delete_old)
        kinds.register(paper_jobs.CODE_SHEETS, paper_jobs.make_code_sheets)
        kinds.register(paper_jobs.POSTER, paper_jobs.make_poster)
