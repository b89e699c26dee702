"""The ways of deciding that run against each other. Each is loaded, and each visit put in its own form, beforehand."""

from bench.contestants import cel, engine, generated, zen, zen_tables
from bench.contestants.entry import Contestant

ENGINE = Contestant("this engine", engine.enter)
JOINED = Contestant("one bit table over all needs", engine.enter_joined, whole=True)
IF_ELSE = Contestant("generated if/else", generated.enter)
ZEN_LIST = Contestant("zen, one list expression", zen.enter_list, "zen", whole=True)
ZEN_EACH = Contestant("zen, one expression per need", zen.enter_each, "zen")
ZEN_TABLES = Contestant("zen, decision tables", zen_tables.enter, "zen")
CEL_LIST = Contestant("cel, one list expression", cel.enter_list, "cel", whole=True)
CEL_EACH = Contestant("cel, one expression per need", cel.enter_each, "cel")

CONTESTANTS = (ENGINE, JOINED, IF_ELSE, ZEN_LIST, ZEN_EACH, ZEN_TABLES, CEL_LIST, CEL_EACH)
ZEN_FORMS = (ZEN_LIST, ZEN_EACH, ZEN_TABLES)

PACKAGES = {"zen": "zen-engine", "cel": "common-expression-language"}
"""Module to the package that brings it."""
