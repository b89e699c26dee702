"""Drills that take minutes: run by hand, each with its own command. Small ones of the kind are among the tests."""
