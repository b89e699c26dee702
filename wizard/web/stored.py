"""The way from the pages to what outlives a visit. Only the pages about keeping and counting come here.

Everything else works without it, so a database that is away or not ready never keeps the server from starting.
"""

import hmac
from dataclasses import dataclass

from flask import Flask, current_app

from wizard.config import Settings
from wizard.store.database import Database
from wizard.store.errors import StoreOutdatedError, StoreUnavailableError
from wizard.store.field_key import FieldKey
from wizard.store.schema import prepare
from wizard.store.vault import Vault
from wizard.web.visit import Visit

_KEY = "rett-trinn-store"


@dataclass(frozen=True, slots=True)
class Store:
    """The database, the vault that guards what is kept under codes, and the key for what the desk keeps."""

    database: Database
    vault: Vault
    field_key: FieldKey


def register_store(app: Flask, settings: Settings) -> None:
    """Open the way, where the settings name a database."""
    if not settings.database:
        return
    database = Database(settings.database)
    app.extensions[_KEY] = Store(database, Vault(settings.pepper), FieldKey(settings.field_keys))
    try:
        prepare(database)
    except StoreOutdatedError as error:
        app.logger.error("Nobody can keep answers: %s", error)
    except StoreUnavailableError as error:
        app.logger.error("Nobody can keep answers yet, since the database cannot be used: %s", error)


def can_store() -> bool:
    """Whether this server keeps anything at all."""
    return _KEY in current_app.extensions


def store() -> Store:
    """The way to what is kept. Raises :class:`StoreUnavailableError` where nothing can be."""
    if not can_store():
        raise StoreUnavailableError("no database is named")
    found: Store = current_app.extensions[_KEY]
    return found


def form_key(visit: Visit) -> str:
    """What a form of this visit carries, so that it counts once however often it is sent. It tells nothing."""
    return store().vault.lookup(f"{visit.started} {visit.code}").hex()[:32]


def is_own_form(visit: Visit, key: str) -> bool:
    """Whether a form was made for this visit as it is now, and not before something was deleted or begun anew."""
    return hmac.compare_digest(form_key(visit).encode(), key.encode())
