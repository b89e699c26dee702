"""The ``wizard`` command."""
