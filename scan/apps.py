from django.apps import AppConfig


class ScanConfig(AppConfig):
    name = "scan"

    def ready(self) -> None:
        from jobs import kinds
        from jobs.daily import every_day
        from jobs.sweep import at_each_sweep
        from organisations.time_zones import register_reason
        from scan.links import paper_jobs, sealed_files
        from scan.mailing import sending, starting
        from scan.progress import refresh_all
        from scan.running import why_time_zone_stays

        every_day(refresh_all)
        register_reason(why_time_zone_stays)
        kinds.register(starting.KIND, sending.work)
        at_each_sweep(starting.start_due)
        every_day(sealed_files.delete_old)
        kinds.register(paper_jobs.CODE_SHEETS, paper_jobs.make_code_sheets)
        kinds.register(paper_jobs.POSTER, paper_jobs.make_poster)
        kinds.register(paper_jobs.RESULTS_POSTER, paper_jobs.make_results_poster)
