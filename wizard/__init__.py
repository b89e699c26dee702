"""Rett trinn: a guide from plain questions to the lowest suitable step of a municipality's ladder."""
