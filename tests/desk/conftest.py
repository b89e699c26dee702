"""Clerks and administrators who are logged in already, so that no test has to type codes but those about the login."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests.conftest import SETTINGS, Visitor
from wizard.app import create_app
from wizard.config import ROOT
from wizard.desk.staff import COOKIE, Role
from wizard.store.staff import add_user, find_user
from wizard.store.staff_sessions import open_session
from wizard.web.access import DESK_PATH
from wizard.web.stored import Store

LILLESAND = {"guide": "lillesand", "guides": ROOT / "data"}


def make_app(folder: Path, **settings: Any) -> Flask:
    """A server with a database of its own in a folder."""
    return create_app(replace(SETTINGS, database=f"sqlite:///{folder}/wizard.sqlite", **settings))


@pytest.fixture
def desk_app(tmp_path: Path) -> Iterator[Flask]:
    """A server with a database of its own, where nobody is known."""
    app = make_app(tmp_path)
    yield app
    store_of(app).database.engine.dispose()


@pytest.fixture
def desk(desk_app: Flask) -> Visitor:
    """Somebody at the desk."""
    return clerk(desk_app, "dina", Role.DESK)


@pytest.fixture
def admin(desk_app: Flask) -> Visitor:
    """Somebody who looks after the desk."""
    return clerk(desk_app, "astrid", Role.ADMIN)


@pytest.fixture
def citizen(desk_app: Flask) -> Visitor:
    """Somebody who is not logged in, on the same server."""
    return Visitor(desk_app.test_client())


def store_of(app: Flask) -> Store:
    found: Store = app.extensions["rett-trinn-store"]
    return found


def clerk(app: Flask, name: str, role: Role) -> Visitor:
    """A browser in which somebody is logged in; several browsers may belong to one name."""
    visitor = Visitor(app.test_client())
    visitor.client.set_cookie(COOKIE, token_for(app, name, role), path=DESK_PATH)
    return visitor


def token_for(app: Flask, name: str, role: Role, *, confirmed: bool = True) -> str:
    """What the cookie holds of somebody who is logged in."""
    with store_of(app).database.writing() as session:
        user = find_user(session, name) or add_user(session, name, role)
        user.enrolled = True
        return open_session(session, user.id, confirmed=confirmed)
