"""The desks of an office: an application of one city, and signed-in browsers of the people who keep it true."""

from __future__ import annotations

import html
import re
import shutil
from contextlib import closing
from datetime import datetime

import pytest
from argon2 import PasswordHasher

from app import create_app
from finder.settings import ROOT, Settings
from finder.store import contents, current, open_store
from finder.store.accounts import add_account

WORD = "a long enough 合言葉"
FOLDER, PROGRAM = "13219-komae", "yurikago-komae"
AT = f"/admin/komae/programs/{PROGRAM}"


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """Hashes that cost little: how much they cost is the library's to choose."""
    monkeypatch.setattr("finder.store.accounts._HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def office(tmp_path):
    """An application of one city with an editor, two publishers and a viewer; and its store."""
    data = tmp_path / "data"
    shutil.copytree(ROOT / "data", data, ignore=shutil.ignore_patterns("40203-*", "40216-*", "39201-*", "33208-*", "translations"))
    app = create_app(Settings(data=data, store=tmp_path / "finder.db", secret="a secret of more than 32 letters!",
                              today=datetime(2026, 11, 22).date()))
    with closing(open_store(tmp_path / "finder.db")) as store:
        for name, role in (("書く人", "editor"), ("もう一人", "editor"), ("公開する人", "publisher"), ("見る人", "viewer")):
            add_account(store, name, role, WORD)
        add_account(store, "よその人", "publisher", WORD, "kurume")
    return app


class Desk:
    """A signed-in browser."""

    def __init__(self, office, name, password=WORD):
        self.client = office.test_client()
        self.entered = self.client.post("/admin/sign-in", data={"name": name, "password": password})

    def get(self, address):
        return self.client.get(address)

    def text(self, address):
        answer = self.client.get(address, follow_redirects=True)
        assert answer.status_code == 200
        return html.unescape(answer.get_data(as_text=True))

    def form(self, address):
        """Every field of a program's form, as a browser would send it back."""
        page = self.client.get(address).get_data(as_text=True)
        main = page[page.index('class="admin-form"'):page.index('class="preview"')]
        found = {}
        for name, value in re.findall(r'<input[^>]*name="(\w+)" value="([^"]*)"', main):
            if name != "id":
                found.setdefault(name, []).append(html.unescape(value)) if f'name="{name}" value="{value}" checked' in main or (
                    f'type="checkbox" name="{name}" value="{value}"' not in main) else None
        for name, value in re.findall(r'<textarea id="\w+" name="(\w+)"[^>]*>\n(.*?)</textarea>', main, re.S):
            found[name] = [html.unescape(value)]
        for name, options in re.findall(r'<select id="\w+" name="(\w+)"[^>]*>(.*?)</select>', main, re.S):
            chosen = re.findall(r"<option selected>(.*?)</option>", options)
            found[name] = [html.unescape(chosen[0])] if chosen else [""]
        return found

    def key(self, address, label):
        page = self.client.get(address).get_data(as_text=True)
        return re.search(rf'<label for="(\w+)">{label}</label>', page)[1]

    def save(self, address, **changes):
        form = self.form(address)
        for label, value in changes.items():
            form[self.key(address, label)] = [value]
        return self.client.post(address, data=form)

    def press(self, page, action):
        """Press the button of a form on a page, by its address."""
        text = self.client.get(page).get_data(as_text=True)
        body = re.search(rf'<form method="post" action="([^"]*{action})">(.*?)</form>', text, re.S)
        assert body, f"no button {action} on {page}"
        fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', body[2]))
        return self.client.post(html.unescape(body[1]), data={k: html.unescape(v) for k, v in fields.items()}, follow_redirects=True)


def published(office):
    with closing(open_store(office.extensions["settings"].store)) as store:
        return contents(store, current(store)[0])["municipalities"][FOLDER]["programs"]
