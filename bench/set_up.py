"""Sets up Django when it is imported: for programs that a benchmark starts in a place of its own."""

import os

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
django.setup()
