"""Numbers about the server for whoever looks after it: how many requests, how they ended, how long they took.

They are there only where the settings hold a token for them, and only for whoever brings it. No number is about a page:
with few visitors, a count per page would tell when somebody reads about violence. With several processes each writes
its own numbers to a folder (``PROMETHEUS_MULTIPROC_DIR``), and any of them tells the sum.
"""

import hmac
import os
import time
from dataclasses import dataclass

from flask import Blueprint, Flask, Response, abort, current_app, g, request
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
    multiprocess,
)

from wizard.config import Settings
from wizard.web.access import AUDIENCE
from wizard.web.content import content, current_guide

metrics = Blueprint("metrics", __name__)
_KEY = "rett-trinn-metrics"
_FOLDER = "PROMETHEUS_MULTIPROC_DIR"
_METHODS = {"GET", "HEAD", "POST"}
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5)


@dataclass(frozen=True, slots=True)
class Metrics:
    """What is measured. ``part`` is whom a page is for, as in :data:`wizard.web.access.AUDIENCE`, never which one."""

    registry: CollectorRegistry
    requests: Counter
    seconds: Histogram


def register_metrics(app: Flask, settings: Settings) -> None:
    """Measure, where the settings hold a token to ask with."""
    if not settings.metrics_token:
        return
    registry = CollectorRegistry()
    labels = ("method", "status", "part")
    requests = Counter("wizard_requests", "Requests by method, status and part.", labels, registry=registry)
    seconds = Histogram("wizard_request_seconds", "To answer.", ("part",), registry=registry, buckets=_SECONDS)
    in_force = Gauge(
        "wizard_guide", "The guide in force.", ("guide", "revision"), registry=registry, multiprocess_mode="livemax"
    )
    with app.app_context():
        in_force.labels(current_guide().id, current_guide().revision).set(1)
    app.extensions[_KEY] = Metrics(registry, requests, seconds)
    app.before_request(_begin)
    app.after_request(_count)


def _begin() -> None:
    g.begun = time.perf_counter()


def _count(response: Response) -> Response:
    measured: Metrics = current_app.extensions[_KEY]
    part = AUDIENCE.get(request.endpoint or "", "none")
    method = request.method if request.method in _METHODS else "other"
    measured.requests.labels(method, response.status_code, part).inc()
    if "begun" in g:
        measured.seconds.labels(part).observe(time.perf_counter() - g.begun)
    return response


@metrics.get("/metrics")
def show() -> Response:
    """The numbers, for whoever brings the token; to everybody else there is no such page."""
    measured: Metrics | None = current_app.extensions.get(_KEY)
    if measured is None or not _has_token():
        abort(404)
    registry = measured.registry
    if os.environ.get(_FOLDER):
        registry = CollectorRegistry()
        multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def forget_process(pid: int) -> None:
    """Drop what was only true while a process lived."""
    multiprocess.mark_process_dead(pid)  # type: ignore[no-untyped-call]


def _has_token() -> bool:
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    return hmac.compare_digest(given.encode(), content().settings.metrics_token.encode())
