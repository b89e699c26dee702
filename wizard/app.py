"""Puts the application together. This is its table of contents; the parts live in :mod:`wizard.web`."""

from flask import Flask
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from wizard.config import Settings, read_settings
from wizard.guide.passed import load_passed_guide
from wizard.web.access import register_access
from wizard.web.browse import browse
from wizard.web.content import register_content
from wizard.web.dress import register_dress
from wizard.web.errors import register_errors
from wizard.web.forgery import register_forgery
from wizard.web.headers import register_headers
from wizard.web.health import health
from wizard.web.how import how
from wizard.web.language import register_language
from wizard.web.leave import leave
from wizard.web.questions import questions
from wizard.web.related import related
from wizard.web.result import result
from wizard.web.session import register_session
from wizard.web.start import start

_LARGEST_REQUEST = 64 * 1024


def create_app(settings: Settings | None = None) -> Flask:
    """The application, serving one guide."""
    settings = settings or read_settings()
    app = Flask("wizard", template_folder=str(settings.templates), static_folder=None)
    app.jinja_env.undefined = StrictUndefined
    app.config.update(MAX_CONTENT_LENGTH=_LARGEST_REQUEST, MAX_FORM_MEMORY_SIZE=_LARGEST_REQUEST)
    register_content(app, settings, load_passed_guide(settings.guide_folder, settings.instance))
    register_language(app, settings)
    register_session(app, settings)
    register_access(app)
    register_forgery(app, settings)
    register_headers(app, settings)
    register_errors(app)
    for blueprint in (start, questions, related, result, leave, browse, how, health):
        app.register_blueprint(blueprint)
    register_dress(app, settings)
    if settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, settings.proxies, settings.proxies)  # type: ignore[method-assign]
    return app
