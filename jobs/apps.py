from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "jobs"

    def ready(self) -> None:
        from jobs import daily, kinds, signs, sweep

        kinds.register(sweep.DAILY_TICK, daily.run_chores)
        sweep.at_each_sweep(signs.SignOfLife().leave)
