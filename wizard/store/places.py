"""What each sealed field is bound to (:mod:`wizard.store.field_key`): its own row, so that moved it opens nothing.

Never changed: what was sealed for a place opens for no other.
"""


def call_place(receipt: bytes) -> str:
    """Of what a person wrote who asks to be called."""
    return f"call-back {receipt.hex()}"


def draft_place(draft: str) -> str:
    """Of a conversation."""
    return f"draft {draft}"


def enquiry_place(reference: str, version: int | None = None) -> str:
    """Of what an enquiry began with, or of a version of it."""
    return f"enquiry {reference}" if version is None else f"enquiry {reference} version {version}"


def totp_place(user_id: int) -> str:
    """Of the secret of somebody's codes."""
    return f"totp {user_id}"
