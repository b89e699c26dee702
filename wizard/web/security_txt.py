"""Tells those who find a hole in the guide whom to tell (RFC 9116). Absent as long as nobody is named."""

from datetime import UTC, datetime, time, timedelta

from flask import Blueprint, Response, abort

from wizard.web.content import content

security_txt = Blueprint("security_txt", __name__)
_DAYS = 90
"""How long a copy is good for: long enough to be used, and short enough that a wrong address does not stay in use."""


@security_txt.get("/.well-known/security.txt")
def show() -> Response:
    """The address to write to, and until when it is good."""
    contact = content().settings.security_contact
    if not contact:
        abort(404)
    until = datetime.combine(datetime.now(UTC).date() + timedelta(_DAYS), time.min, UTC)
    lines = [f"Contact: {contact}", f"Expires: {until:%Y-%m-%dT%H:%M:%SZ}", "Preferred-Languages: nb, en"]
    return Response("".join(f"{line}\n" for line in lines), content_type="text/plain; charset=utf-8")
