# make run · make test · make check · make bench · make performance · make fuzz
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
HOST   ?= 127.0.0.1
PORT   ?= 8000

.PHONY: run test check bench performance fuzz data browser servers messages clean

run: $(VENV)/runs
	@echo "支援ファインダー: http://$(HOST):$(PORT)"
	@HOST=$(HOST) PORT=$(PORT) $(BIN)/gunicorn --config deploy/gunicorn.conf.py 'app:create_app()'

# Coverage is asked of the pure rooms alone: the tests that reach them run first, under its eye, the others without it and faster.
HELD  := ternary.py births.py answers.py catalog.py requirement_words.py eligibility.py ranking.py interview.py dialogue.py building.py \
         exchange.py understanding/* timeline/* calendar_file.py date_words.py
REACH := answers any_input api availability births calendar_file cards corrections counter danger diff eligibility exchange export files hits \
         interview languages mylist need_likeness one_line openapi plans search tables_page timeline timetable_page understanding words
comma := ,
empty :=
PYTEST = $(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder $(if $(WITHOUT_BROWSER),-m "not browser")

test: $(VENV)/tests browser servers
ifdef ARGS
	$(PYTEST) $(ARGS)
else
	$(PYTEST) $(REACH:%=tests/test_%.py) --cov=finder --cov-report=
	$(BIN)/coverage report --include='$(subst $(empty) ,$(comma),$(addprefix finder/,$(HELD)))' --fail-under=100 --show-missing --skip-covered
	$(PYTEST) $(REACH:%=--ignore=tests/test_%.py)
endif

check: $(VENV)/tests
	$(BIN)/ruff check .
	$(BIN)/mypy finder app.py
	$(BIN)/python -m finder catalog check

bench: $(VENV)/tests
	$(BIN)/python -m bench

performance: $(VENV)/tests
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r bench/requirements.txt
	$(BIN)/python -m bench performance

fuzz: $(VENV)/tests
	$(BIN)/python -m bench.fuzz texts --seconds $(or $(SECONDS),60)
	$(BIN)/python -m bench.fuzz tables --seconds $(or $(SECONDS),60)

messages: $(VENV)/tests
	$(BIN)/python -m finder messages

browser:
	@if [ -z "$(WITHOUT_BROWSER)" ]; then sh tests/get_browser.sh; fi

servers:
	@sh tests/get_servers.sh

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 以上が必要です（PYTHON=… make run で場所を指定できます）。"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/runs: requirements.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/tests: tests/requirements.txt requirements.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r tests/requirements.txt
	@touch $@ $(VENV)/runs

clean:
	rm -rf $(VENV) instance .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage
