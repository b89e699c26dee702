"""The page docs/benchmarks.md: what was compared, the tables of one run, and how to repeat it."""

from collections.abc import Iterable
from string import Template

from bench.report import Grid

_PAGE = Template("""\
# Benchmarks

Written by `python -m bench --write docs/benchmarks.md`; not part of the tests. These are the medians of
$rounds, in processor time, on a machine that others used meanwhile. Times differ from machine to machine and
from moment to moment, and even the ratios within a column, which are the result, by a tenth or so from run to run.

$versions.

## What is decided

A made-up guide with a fixed seed (`bench/problem.py`), shaped like a real one: 40 questions with 200 options, 25 needs,
150 rules, 200 services, 12 steps. A need looks at seven questions, two of which (age and role, as it were) every need
shares and say who a service is for. A visit has one option per question. Decided are, per need, the **floor** and the
**lowest step with a service that exists** for the person, or else the nearest below. This is the *bare decision*.

Content can grow in two ways, and both are run at ×10 and ×100:

- **Deeper**: the same questions and needs, with 10 and 100 times the rules and services. A person answers no more
  questions because a guide knows more. *All needs are decided*, so that nobody decides more than was asked.
- **Wider**: 10 and 100 times the questions, options, needs, rules and services. *A visit chooses three needs*, as
  visits do, and everybody may look up those three. Ways that can only decide the whole guide do not take part.

Two kinds of form take part. *Tuned* ones are the fastest of those tried: expressions, tables and functions are
compiled once, rules of one step are joined by *or* so that evaluation can stop at the first that holds, and zen-engine
and cel are passed no answer that the need does not look at. *Plain* ones are what somebody writes who begins with the
manual: one list of every condition, from which floor and step are then picked (outside the timing), and decision
tables made with `create_decision` and asked with all answers. Every visit is put into a contestant's own form
beforehand. All must decide every visit alike before anything is timed. Then they run in turn, round after round, each
over all visits, once to warm up and once timed; the median of the rounds counts. In brackets: how many times as long
as this engine.

$tables

## What the numbers say

- **Need by need** is how the product decides: `judge`, `find_floor` and `find_step` for each chosen need. That is one
  loop over the columns of the need and two lookups, a fixed cost of Python that a small need does not repay: with six
  rules, generated if/else is done sooner, and a call of zen-engine takes but two or three times as long. A further
  rule costs the engine one bit and the others one more test, so it draws away as needs grow. Its goals against tuned
  forms are missed. Narrower columns, a getter in C for the answers, and keeping from visit to visit what exists for
  an age and role were tried: together they save two fifths of the time, still short of every goal but those already
  reached, for tables kept twice.
- **One bit table over all needs** is the same idea with every need in one table: an *and* for every two questions,
  then from the highest certain row down, one jump per need in which a rule holds. Which step follows which floor hangs
  on age and role alone here; it is worked out once for each of them and kept, and the pass that warms up fills it. This
  is what the goals were set for, and where everything is decided it is several times as fast. Against the fastest tuned
  form at ×10 it falls short: zen-engine's expressions, which stop at the first rule that holds, take only four to five
  times as long there as at ×1. The product does without this table, since it would gain nothing: a visit chooses one
  to five needs, and would pay for the questions of all. A gate may also let two needs see different answers to one
  question, which then takes a column for each gate; and at ×100 the columns take some 40 MB. A few small tables are as
  fast for a visit and easier to read; what that costs where all needs are wanted stands in the first two rows of the
  first table.
- **Growing wider** adds nothing to decide, since everybody looks up the three needs; it takes longer only because more
  of the guide lies outside the processor's cache. The small objects of Python suffer more from that than the
  compact ones of zen-engine. Only ways that always evaluate the whole guide would really fall behind.
- **zen-engine's plain forms** cost more the larger the guide, since a list of every condition cannot stop at the first
  that holds. Plain decision tables, the form that a case worker could read, take many times as long as any expression.
- **The full outcome** adds the services in order, the reasons, and what a "vet ikke" leaves open, as immutable
  objects that people read and tests compare. Sorting services and creating objects costs many times what a
  few integers do, so beside the bare decision of the same three needs it is slow, whatever is done; it is compared
  with the bare decision of the whole guide too.

## Repeat it

```
pip install -e '.[bench]'        # or: pip install zen-engine common-expression-language
python -m bench                  # a few minutes
python -m bench --quick          # half a minute, ×1 and ×10 only
python -m bench --write docs/benchmarks.md
```

A package that is not installed costs its rows, and nothing else.
""")


def write_page(grids: Iterable[Grid], versions: str, rounds: str) -> str:
    """The whole page."""
    tables = "\n\n".join(as_markdown(grid) for grid in grids)
    return _PAGE.substitute(tables=tables, versions=versions, rounds=rounds)


def as_markdown(grid: Grid) -> str:
    """A table under its title."""
    lines = [grid.heads, ["---", *["--:"] * (len(grid.heads) - 1)], *grid.rows]
    return f"## {grid.title}\n\n" + "\n".join(f"| {' | '.join(line)} |" for line in lines)
