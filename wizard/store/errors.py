"""What can be wrong with the database, in words for whoever runs the server."""


class StoreUnavailableError(Exception):
    """The database did not answer, or not in time. Nothing of what was asked has been done."""


class StoreOutdatedError(Exception):
    """The tables are not those that this edition knows; the message is one line."""
