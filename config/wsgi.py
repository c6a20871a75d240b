"""The entry point for web servers."""

import gc
import multiprocessing
import os

from django.core.wsgi import get_wsgi_application
from django.urls import resolve, reverse

from config.whole_requests import WholeRequests
from jobs.ending_with import end_with
from jobs.half_restored import refuse_on_each_connection

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

if server := multiprocessing.parent_process():  # of granian: without it, this web process would keep the port for ever
    end_with(server.pid or 0)

application = WholeRequests(get_wsgi_application())
refuse_on_each_connection()

# What is there now stays for ever. Looking through it again and again for what nobody needs any more would hold up a
# request for a twentieth of a second.
resolve(reverse("scan:code"))
gc.collect()
gc.freeze()
