"""Every table in one place, for whoever has to do with all of them: importing a module makes its tables known."""

from wizard.store import (  # noqa: F401
    access_log_tables,
    callback_tables,
    counter_tables,
    draft_tables,
    enquiry_tables,
    retention_tables,
    staff_tables,
    tries_tables,
)
from wizard.store.models import Base

METADATA = Base.metadata
