"""The product's settings, with less patience: a test cannot wait a minute for a dead worker to be missed."""

from config.settings import *  # noqa: F403
from config.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.fleet.haste"]
