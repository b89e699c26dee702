"""Takes over from a citizen: their code begins a conversation with what they kept, which itself stays as it is.

A scanner types the code and presses Enter, as a hand would.
"""

from flask import Blueprint, render_template, request
from werkzeug.exceptions import TooManyRequests

from wizard.desk.drafts import begin_with_kept
from wizard.desk.page import show_sheet
from wizard.desk.staff import live_staff
from wizard.store.access_log import Act, note_access
from wizard.store.codes import read_code
from wizard.store.drafts import is_draft_id, new_draft_id
from wizard.store.saved import find, forget_expired, today
from wizard.web.limits import too_often
from wizard.web.stored import store
from wizard.web.words import CODE_UNKNOWN

takeover = Blueprint("takeover", __name__, url_prefix="/skranke/overta")
_PER_CLERK, _PER_ADDRESS = "10 per minute", "60 per minute"
"""As many tries as a citizen has; a whole town hall may share one address."""


@takeover.get("")
def show() -> str:
    """The one field."""
    return _page()


@takeover.post("")
def take() -> str | tuple[str, int]:
    """Open what is kept under the code in a conversation of its own."""
    if too_often("take over", str(live_staff().id), per_key=_PER_CLERK, per_address=_PER_ADDRESS):
        raise TooManyRequests
    written, draft = request.form.get("code", ""), request.form.get("ark", "")
    code = read_code(written)
    with store().database.writing() as session:
        forget_expired(session, day=today())
        found = find(session, store().vault, code, day=today()) if code else None
        if found:
            note_access(session, live_staff().id, Act.TAKEN_OVER)
    talk = begin_with_kept(draft if is_draft_id(draft) else new_draft_id(), found) if found else None
    return show_sheet(talk) if talk else (_page(written, str(CODE_UNKNOWN)), 422)


def _page(written: str = "", fault: str = "") -> str:
    return render_template("desk/takeover.html", written=written[:60], fault=fault, draft=new_draft_id())
