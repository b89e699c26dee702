"""The ways of deciding that run against each other. Each is loaded, and each visit put in its own form, beforehand."""

from bench.contestants import cel, engine, generated, zen, zen_tables
from bench.contestants.entry import Contestant

ENGINE = Contestant("this engine", engine.enter)
JOINED = Contestant("one bit table over all needs", engine.enter_joined, whole=True)
IF_ELSE = Contestant("generated if/else", generated.enter)
ZEN_LIST = Contestant("zen, one list expression, tuned", zen.enter_list, "zen", whole=True)
ZEN_EACH = Contestant("zen, one expression per need, tuned", zen.enter_each, "zen")
ZEN_TABLES = Contestant("zen, decision tables, tuned", zen_tables.enter, "zen")
ZEN_PLAIN = Contestant("zen, one list of every condition, plain", zen.enter_plain, "zen", whole=True)
ZEN_PLAIN_TABLES = Contestant("zen, decision tables, plain", zen_tables.enter_plain, "zen")
CEL_LIST = Contestant("cel, one list expression, tuned", cel.enter_list, "cel", whole=True)
CEL_EACH = Contestant("cel, one expression per need, tuned", cel.enter_each, "cel")

ZEN_FORMS = (ZEN_LIST, ZEN_EACH, ZEN_TABLES, ZEN_PLAIN, ZEN_PLAIN_TABLES)
CONTESTANTS = (ENGINE, JOINED, IF_ELSE, *ZEN_FORMS, CEL_LIST, CEL_EACH)

PACKAGES = {"zen": "zen-engine", "cel": "common-expression-language"}
"""Module to the package that brings it."""
