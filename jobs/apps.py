from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "jobs"

    def ready(self) -> None:
        from jobs import daily, kinds, old_tasks, signs, sweep

        kinds.register(sweep.DAILY_TICK, daily.run_chores)
        daily.every_day(old_tasks.delete_old_tasks)
        sweep.at_each_sweep(signs.SignOfLife().leave)
