"""The queue of a fleet: Celery over Redis. Imported only when LEERSCAN_QUEUE_URL is set.

The Job row is the truth (jobs/models.py). What lies in Redis is a request to look at a job: it may get lost, come late
or come twice. Whoever takes a job claims its row first, and the sweep asks again for what waits too long.
"""

import ssl
from typing import Any

from celery import Celery, signals
from django.conf import settings

# Seconds until a worker that has not finished is taken for dead, and its message is given to another one. Not longer
# than the longest job, for a mailing takes hours: then the message comes again, and whoever gets it finds the job
# claimed and leaves it. So this only has to be long enough not to come often.
VISIBLE_AGAIN_AFTER = 900
# Redis on the same network answers in a millisecond; while it is away, a web request must not wait.
CONNECT_SECONDS, ANSWER_SECONDS = 1, 2

app = Celery("leerscan", broker=settings.QUEUE_URL, set_as_current=True)
app.conf.update(
    # One task in hand and none in store: what waits behind an hour of mail would wait for that hour.
    task_acks_late=True,
    worker_prefetch_multiplier=1,
    # In the worker's own process, like the worker of the default shape: one process, one job, one signal that stops
    # both. A job that kills its process kills the worker, and that is what the heartbeat watches.
    worker_pool="solo",
    worker_concurrency=1,
    # No task_time_limit: it would kill a mailing of thousands at any mail. What can hang has limits of its own (SMTP
    # 20 s), and a job whose process died has no heartbeat and is taken over.
    task_ignore_result=True,
    task_store_errors_even_if_ignored=False,
    broker_connection_retry_on_startup=True,
    broker_connection_max_retries=None,
    broker_transport_options={
        "visibility_timeout": VISIBLE_AGAIN_AFTER,
        "unacked_restore_interval": 10,
        "unacked_restore_throttle": 1,
        "socket_connect_timeout": CONNECT_SECONDS,
        "socket_timeout": ANSWER_SECONDS,
        "socket_keepalive": True,
        # Of who enqueues: once, and then the sweep (jobs/running.py). The worker itself tries for ever.
        "max_retries": 0,
    },
    task_publish_retry=False,
    # Nobody asks workers anything, and they tell each other nothing.
    worker_enable_remote_control=False,
    worker_send_task_events=False,
    worker_redirect_stdouts=False,
    timezone="UTC",
)
if settings.QUEUE_URL.startswith("rediss:"):
    app.conf.broker_use_ssl = {"ssl_cert_reqs": ssl.CERT_REQUIRED}


def _leave_logging_alone(**kwargs: Any) -> None:
    """Django has set it up: no token, no address (config/logs.py). Celery does nothing when this signal is heard."""


signals.setup_logging.connect(_leave_logging_alone)
