"""design.md 5: a web process imports nothing heavy. Files are made by jobs."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT

HEAVY = ("scipy", "plotly", "weasyprint", "openpyxl", "pptx", "xlsxwriter", "lxml")
# Of a fleet: only when its settings ask for them.
OF_A_FLEET = ("celery", "kombu", "redis", "django_tasks_celery")
SCRIPT = """
import json, sys
from config.wsgi import application
import config.urls
from django.urls import resolve
token = "a" * 42
for path in ("/", "/healthz", "/o/huis/", "/o/huis/r/ronde/", f"/a/{token}/", f"/a/{token}/1/", f"/a/{token}/send/",
             "/o/huis/r/ronde/promise/pdf/nl/", "/accounts/login/",
             "/o/huis/r/ronde/export/zip/nl/", "/o/huis/r/ronde/export/",
             "/o/huis/r/ronde/u/00000000-0000-4000-8000-000000000000/export/xlsx/nl/",
             "/o/huis/r/ronde/u/00000000-0000-4000-8000-000000000000/pdf/nl/"):
    assert resolve(path).func
print(json.dumps(sorted(name.partition(".")[0] for name in sys.modules)))
"""


def test_loading_every_address_imports_nothing_heavy(tmp_path: Path) -> None:
    environment = {**os.environ, "LEERSCAN_HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}
    environment.pop("DATABASE_URL", None)
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    loaded = set(json.loads(done.stdout))
    assert "reports" in loaded
    assert "scan" in loaded
    assert loaded.isdisjoint((*HEAVY, *OF_A_FLEET))


WALK = """
import json, sys
import django
django.setup()
from django.test import Client
from django_scopes import scopes_disabled
from organisations.models import User
from reports.demo import scan_link, address
from reports.models import LearningPair, Release, ReleaseUnit
from organisations.named import find_organisation
from urllib.parse import urlsplit

client = Client(headers={"host": "127.0.0.1"})
client.force_login(User.objects.get(email=address("hr")), backend="allauth.account.auth_backends.AuthenticationBackend")
organisation = find_organisation("Zorggroep De Linde")
link = urlsplit(scan_link(organisation)).path
base = "/o/zorggroep-de-linde/"
with scopes_disabled():
    units = ReleaseUnit.objects.filter(release__round__slug="leerscan-2026").values_list("unit_id", "is_shown")
    shown = next(unit for unit, is_shown in units if is_shown)
    hidden = next(unit for unit, is_shown in units if not is_shown)
statuses = []
def get(path): statuses.append(client.get(path).status_code)
def post(path, **data): statuses.append(client.post(path, data).status_code)
for path in ("/", base, base + "r/leerscan-2026/", base + "r/leerscan-loopt-nu/", "/healthz", "/o/nergens/",
             "/compare-organisations/"):
    get(path)
report = f"{base}r/leerscan-2026/u/{shown}/"
get(base + "r/leerscan-2026/annex/"); get(base + "r/leerscan-2026/remarks/"); get(base + "r/leerscan-2025/remarks/")
with scopes_disabled():
    released = Release.objects.get(round__slug="leerscan-2026")
    others = [unit for unit, is_shown in units if is_shown][:2]
    pair = LearningPair.objects.create(release=released, dimension="TL", giver_id=others[0], taker_id=others[1])
pairs = base + "r/leerscan-2026/learning/"
get(pairs); post(pairs, do="release", pair=str(pair.pk)); post(pairs, do="work_out")
board = base + "r/leerscan-2026/comparison/board/nl/"
get(board); post(board)
get(f"{pairs}{pair.pk}/"); get(f"{pairs}{pair.pk}/card/nl/"); post(f"{pairs}{pair.pk}/card/nl/")
import re
from uuid import uuid4
shares = report + "share/"
get(shares)
made = client.post(shares, {"key": str(uuid4()), "days": "7", "note": "Coach"}).content.decode()
public = re.search(r"/s/[a-z2-7]{42}/", made)[0]
get(public); get(public + "pdf/nl/"); post(public + "pdf/nl/"); get(public + "pdf/nl/")
get(base + "over-time/"); get(report + "over-time/?theme=TL")
for page in ("", "theme/?theme=K&order=place", f"profiles/?profile={shown}", "steps/"):
    get(base + "r/leerscan-2026/comparison/" + page)
get(report); get(f"{base}r/leerscan-2026/u/{hidden}/")
get(report + "pdf/nl/"); post(report + "pdf/nl/"); get(report + "pdf/nl/")
for file in ("export/xlsx/nl/", "export/csv/nl/", "export/json/en/"):
    for page in (report, base + "r/leerscan-2026/"):
        get(page + file); post(page + file); get(page + file)
get(base + "r/leerscan-2026/export/")
zipped = base + "r/leerscan-2026/export/zip/nl/"
get(zipped); post(zipped); get(zipped)
post("/language/", language="en", page="/")
for page in ("people/", "people/new/", "departments/", "colleagues/", "colleagues/new/", "settings/", "settings/words/",
             "log/", "staff-list/", "staff-list/template/"):
    get(base + page)
post(base + "rounds/new/", title="Proef", opens_on="2098-03-03", closes_on="2098-03-24", k="5", languages="nl")
draft = base + "r/proef/"
for page in ("", "basics/", "people/", "promise/", "mails/", "mails/invitation/nl/", "launch/", "delete/"):
    get(f"{draft}prepare/{page}")
get(draft + "forecast/"); get(draft + "preview/"); get(draft + "pack/")
running = base + "r/leerscan-loopt-nu/"
for page in ("mail/", "links/", "people/?search=smit", "pack/", "promise/", "last-day/", "close/", "preview/"):
    get(running + page)
get(running + "promise/pdf/nl/"); post(running + "promise/pdf/nl/"); get(running + "promise/pdf/nl/")
get(link)
for part in range(1, 7):
    get(f"{link}{part}/")
    post(f"{link}{part}/", **{f"q{number:02d}": "4" for number in range(1, 41)})
get(link + "closing/"); post(link + "closing/", obstacles="hierarchy"); get(link + "check/")
post(link + "language/", language="nl", page=link + "check/")
post(link + "send/"); get(link + "result/"); get(link)
post("/accounts/logout/"); get("/accounts/login/")
print(json.dumps([statuses, sorted({name.partition(".")[0] for name in sys.modules})]))
"""


def test_walking_all_pages_imports_nothing_heavy(tmp_path: Path) -> None:
    environment = {**os.environ, "LEERSCAN_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "config.settings"}
    for name in ("DATABASE_URL", "PGHOST"):
        environment.pop(name, None)
    subprocess.run(
        [sys.executable, "manage.py", "demo", "--only-data"], cwd=ROOT, env=environment, check=True, capture_output=True
    )
    done = subprocess.run(
        [sys.executable, "-c", WALK], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    statuses, loaded = json.loads(done.stdout.splitlines()[-1])
    assert statuses.count(200) == 84
    assert set(statuses) == {200, 302, 404, 410}
    assert {"reports", "scan", "charts"} <= set(loaded)
    assert set(loaded).isdisjoint(HEAVY)
