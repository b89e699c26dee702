"""Puts the application together. This is its table of contents; the parts live in :mod:`wizard.web`."""

from collections.abc import Callable
from typing import Any

from flask import Flask
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from wizard.config import Settings, read_settings
from wizard.desk.access_log import access_log
from wizard.desk.bar import register_bar
from wizard.desk.callbacks import callbacks
from wizard.desk.enquiries import enquiries
from wizard.desk.enquiry import enquiry
from wizard.desk.enrol import enrol
from wizard.desk.handout import handout
from wizard.desk.home import desk_home
from wizard.desk.login import login
from wizard.desk.new_enquiry import new_enquiry
from wizard.desk.overview import overview
from wizard.desk.own_password import own_password
from wizard.desk.provided import provided, register_provider
from wizard.desk.staff import register_staff
from wizard.desk.takeover import takeover
from wizard.desk.tongue import tongue
from wizard.desk.triage import triage
from wizard.desk.users import users
from wizard.guide.edition import languages_of
from wizard.guide.passed import load_passed_guide
from wizard.web.access import DESK_PATH, register_access
from wizard.web.browse import browse
from wizard.web.compress import register_compression
from wizard.web.contact_request import contact_request, withdrawal
from wizard.web.content import register_content
from wizard.web.counting import register_counting
from wizard.web.desk_open import register_desk_open
from wizard.web.dress import register_dress
from wizard.web.errors import register_errors
from wizard.web.fetch import fetch
from wizard.web.forgery import register_forgery
from wizard.web.headers import register_headers
from wizard.web.health import health
from wizard.web.helped import helped
from wizard.web.how import how
from wizard.web.information import information
from wizard.web.keep import keep
from wizard.web.language import register_language
from wizard.web.leave import leave
from wizard.web.limits import register_limits
from wizard.web.metrics import metrics, register_metrics
from wizard.web.pause import pause
from wizard.web.prefix import register_prefix
from wizard.web.questions import questions
from wizard.web.related import related
from wizard.web.result import result
from wizard.web.search import search
from wizard.web.security_txt import security_txt
from wizard.web.session import register_session
from wizard.web.shared import register_shared
from wizard.web.start import start
from wizard.web.stored import register_store
from wizard.web.template_words import register_template_words
from wizard.web.time_left import register_time_left

_LARGEST_REQUEST = 64 * 1024


class Wizard(Flask):
    """An app without coroutines. The library would look for them in every view and hook, on every request."""

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """The function as it is."""
        return func


def create_app(settings: Settings | None = None) -> Flask:
    """The application, serving one guide."""
    settings = settings or read_settings()
    app = Wizard("wizard", template_folder=str(settings.templates), static_folder=None)
    app.url_map.strict_slashes = False
    app.jinja_env.undefined = StrictUndefined
    app.config.update(MAX_CONTENT_LENGTH=_LARGEST_REQUEST, MAX_FORM_MEMORY_SIZE=_LARGEST_REQUEST)
    app.config["TRUSTED_HOSTS"] = [*settings.hosts, "127.0.0.1", "localhost"] if settings.hosts else None
    guide = load_passed_guide(settings.guide_folder, settings.instance)
    register_language(app, settings, languages_of(guide), desk=DESK_PATH)
    register_template_words(app, settings)
    register_shared(app)
    register_content(app, settings, guide)
    register_prefix(app, languages_of(guide), desk=DESK_PATH)
    register_metrics(app, settings)
    register_session(app, settings)
    register_time_left(app)
    register_store(app, settings)
    register_counting(app)
    register_staff(app, settings)
    register_desk_open(app)
    register_access(app)
    register_forgery(app, settings)
    register_limits(app, settings)
    register_compression(app)
    register_headers(app, settings)
    register_errors(app)
    for blueprint in (start, pause, questions, related, result, keep, fetch, helped, leave):
        app.register_blueprint(blueprint)
    for blueprint in (contact_request, withdrawal):
        app.register_blueprint(blueprint)
    for blueprint in (browse, search, how, information, health, metrics, security_txt):
        app.register_blueprint(blueprint)
    for blueprint in (desk_home, login, provided, enrol, own_password, users, overview):
        app.register_blueprint(blueprint)
    for blueprint in (triage, handout, takeover, tongue):
        app.register_blueprint(blueprint)
    for blueprint in (enquiries, new_enquiry, enquiry, callbacks, access_log):
        app.register_blueprint(blueprint)
    register_bar(app)
    register_provider(app, settings)
    register_dress(app, settings)
    if settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, settings.proxies, settings.proxies)  # type: ignore[method-assign]
    return app
