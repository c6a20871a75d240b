# Everything that is done here has one name. `make help` lists them.
SHELL := /bin/bash
# What PYTHON=... make setup says to make .venv with; everything else runs in .venv.
MADE_WITH := $(PYTHON)
PYTHON := .venv/bin/python
PORT ?= 8000
# Where this is set, each of the hundreds of processes of a test run would compile everything that it imports.
export PYTHONDONTWRITEBYTECODE :=
DEMO = LEERSCAN_HOME=var/demo LEERSCAN_BASE_URL=http://127.0.0.1:$(PORT) LEERSCAN_SMTP_PORT=$$(($(PORT) + 25))

# What uses no database is left out there by tests/conftest.py. How a PDF looks, what the annex computes, what a release
# says in every format, who may see which page, how refused links look, how a staff list is read, what figures are
# compared, and which words stand on pages: all that is the same on any. A fleet has its own PostgreSQL. To run them too:
# make test-postgres THE_SAME_ON_ANY=
THE_SAME_ON_ANY = $(addprefix --ignore=tests/,reports/test_pdf.py reports/test_privacy_file_pdf.py reports/test_annex.py \
	reports/test_rendered_formats.py reports/test_report_by_command.py reports/test_slides.py reports/test_slides_fit.py \
	reports/test_web_process_is_light.py reports/watching/test_probes.py reports/test_no_fetch.py \
	reports/test_release_equals_independent_computation.py reports/test_made_up_rounds_equal_independent_computation.py \
	reports/test_standing_out.py reports/test_home_attention.py reports/test_forecast.py reports/test_forecast_page.py \
	reports/test_building_reports.py \
	reports/test_organisations_side_by_side.py reports/exports reports/board reports/learning/test_card.py reports/compare \
	reports/over_time/test_pages.py reports/over_time/test_lineage.py \
	scan/test_code_sheets.py scan/test_refused_links_are_alike.py scan/test_promise_on_the_start_page.py scan/test_pack.py \
	scan/test_preview_as_participant.py scan/test_question_pieces.py scan/test_mail_texts.py scan/test_start_page_and_own_sentences.py \
	scan/test_import_refuses_unreadable_files.py scan/test_import_refuses_wrong_answers.py \
	scan/test_import_refuses_wrong_columns.py scan/test_import_ways_of_writing.py \
	organisations/staff_list/test_pages.py organisations/staff_list/test_command.py organisations/staff_list/test_properties.py \
	organisations/staff_list/test_hostile_files.py organisations/test_mails.py \
	organisations/test_departments_pages.py \
	test_url_walk.py test_head_requests.py test_error_pages_are_safe.py test_languages.py \
	faults/test_everything_at_once.py fleet fuzz deploy bench)

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev demo test test-postgres chaos properties pdf-check lint format messages pictures bench rehearse

help: ## say what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 16

setup: ## install what running needs, into .venv
	@PYTHON=$(MADE_WITH) tools/setup.sh run

setup-dev: ## install what working on it needs as well
	@PYTHON=$(MADE_WITH) tools/setup.sh dev

demo: setup ## set up, fill and run a demo organisation (PORT=8000)
	@$(DEMO) $(PYTHON) manage.py demo --port $(PORT)

test: setup-dev ## run all tests on SQLite, in a real browser too
	$(PYTHON) -m pytest

test-postgres: setup-dev ## run the tests without browser on a private PostgreSQL
	$(PYTHON) -m pytest --postgres -m "not e2e" $(THE_SAME_ON_ANY) --deselect tests/reports/test_twin_installations.py::test_the_comparison_can_fail

chaos: setup-dev ## kill workers in mailings of 2,000, cut the lines of 2,000 who answer, on both databases (more than an hour)
	$(PYTHON) -m pytest -m chaos -n2 -rP
	$(PYTHON) -m pytest -m chaos -n2 -rP --postgres

properties: setup-dev ## look for attacks on 5,000 random releases and 20 in every format, and send all forms and files wrong (about 20 minutes)
	RELEASE_CASES=5000 RENDERED_CASES=20 $(PYTHON) -m pytest -n2 tests/reports/test_release_properties.py tests/reports/test_rendered_formats.py
	FUZZ_CASES=$${FUZZ_CASES:-10} $(PYTHON) -m pytest -n2 -m "chaos or not chaos" tests/fuzz

lint: setup-dev ## check style, types, templates, imports, migrations and translations
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy .
	.venv/bin/djade --check --target-version 6.0 $$(git ls-files 'templates/*.html')
	.venv/bin/lint-imports
	$(PYTHON) manage.py makemigrations --check --dry-run
	$(PYTHON) -m tools.messages check

format: setup-dev ## put code and templates into shape
	.venv/bin/ruff check --fix --quiet . || true
	.venv/bin/ruff format .
	.venv/bin/djade --target-version 6.0 $$(git ls-files 'templates/*.html') || true

messages: setup-dev ## collect new texts for translation
	$(PYTHON) -m tools.messages update

pictures: setup-dev ## draw every page and PDF page to build/pictures
	$(PYTHON) -m tools.pictures

pdf-check: ## check every kind of PDF against all rules of PDF/UA (about 2 minutes, and 130 MB the first time)
	@tools/setup.sh pdf-check
	$(PYTHON) -m pytest -n0 -m pdf_check tests/pdf_check
	$(PYTHON) -m tools.pdf_check

bench: setup-dev ## measure speed against the simplest correct program
	$(PYTHON) -m bench

rehearse: setup-dev ## follow docs/administration.md on an empty Debian, up to a page over nginx with TLS (as root, 5 to 10 minutes)
	$(PYTHON) -m tools.rehearse
