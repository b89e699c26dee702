"""Judges the code and what it stands on, with tools that know nothing of it: ``make audit``."""
