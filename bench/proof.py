"""``python -m bench.proof``: how long it takes to prove a made-up guide of each size, and to find a hole in it."""

from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from statistics import median
from string import Template
from time import perf_counter, process_time

import click

from bench.problem import OPTIONS, Size
from bench.sound import make_sound, plant_hole
from wizard.guide.judge import Judge
from wizard.guide.proof import tell_answers
from wizard.guide.schema import QuestionShape
from wizard.rules.ruleset import Ruleset

SIZES = {
    "×1": Size(),
    "×10 deeper": Size().deeper(10),
    "×10 wider": Size().wider(10),
    "×100 deeper": Size().deeper(100),
    "×100 wider": Size().wider(100),
}
_PAGE = Template("""\
# How long a proof takes

Written by `python -m bench.proof --write docs/proof.md`; not part of the tests. Of $rounds rounds, on a machine that
others used meanwhile: the median of the processor time, and the shortest time on the wall clock.

`wizard check` judges every set of answers to every need. It cuts the space of answers into regions and counts them;
that is exact, and fast where needs are as large as real ones. Where about a second of cutting does not reach, and the
extra `proof` is installed (`pip install 'rett-trinn[proof]'`), a SAT solver (python-sat $version) takes over. (The
limit is an amount of work, not of time, so that every machine does the same: `wizard/guide/judge.py`.) It finds
the same faults and the fewest answers that show them, but counts nothing. Rules and services that a handful of visits
show to be alive are not asked about. The tests hold it against cutting and against a brute force. Without the extra,
a guide that is not decided after 60 seconds (`--seconds`) is refused.

The guides are those of `bench/problem.py`, mended by `bench/sound.py` until they keep every guarantee: $contents.
*Deeper* means more rules and services for the same needs, *wider* more of everything. *With a hole*: in one
need, nothing on the highest step is for people with the last answer to the first question.

$table

In brackets: how many times as long as ×1, in processor time. The aim is 3 seconds at ×10 and 10 seconds at ×100.

The hole, as it is told:

$witnesses

## Repeat it

```
pip install -e '.[proof]'
python -m bench.proof                          # ten minutes, most of them to make the guides
python -m bench.proof --write docs/proof.md
```
""")


@click.command()
@click.option("--rounds", default=3, show_default=True)
@click.option("--write", type=click.Path(dir_okay=False, path_type=Path), help="Write the page to this file.")
def main(rounds: int, write: Path | None) -> None:
    """Prove made-up guides of each size, whole and with a hole planted."""
    lines = ["| size | proved: processor | wall | with a hole: processor | wall | judged by the solver |"]
    lines.append("| --- | --: | --: | --: | --: | --: |")
    witnesses, first = [], 0.0
    for name, size in SIZES.items():
        sound = make_sound(size)
        holed, _ = plant_hole(sound)
        proved, found = [_judge(sound) for _ in range(rounds)], [_judge(holed) for _ in range(rounds)]
        if proved[0][0].findings:
            raise click.ClickException(f"{name} is not sound: {proved[0][0].findings[:3]}")
        first = first or median(used for _, _, used in proved)
        solved = sum(audit.covered is None for audit in proved[0][0].audits)
        cells = [cell for times in (proved, found) for cell in _cells(times, first)]
        lines.append(f"| {name} | {' | '.join(cells)} | {solved} of {size.needs} needs |")
        witnesses += [f"- {name}: {told}" for told in _told(found[0][0])]
        click.echo("\n".join([lines[-1], *witnesses[-1:]]))
    if write:
        one = SIZES["×1"]
        contents = f"{one.needs} needs, {one.rules} rules, {one.services} services, {one.questions} questions at ×1"
        page = {"rounds": rounds, "version": version("python-sat"), "contents": contents}
        write.write_text(_PAGE.substitute(page, table="\n".join(lines), witnesses="\n".join(witnesses)), "utf-8")


def _judge(ruleset: Ruleset) -> tuple[Judge, float, float]:
    """The judgement, and the seconds that it took, of the wall clock and of the processor."""
    judge, wall, used = Judge(ruleset), perf_counter(), process_time()
    judge.judge()
    return judge, perf_counter() - wall, process_time() - used


def _cells(times: list[tuple[Judge, float, float]], first: float) -> Iterator[str]:
    used = median(used for _, _, used in times)
    yield f"{used:.1f} s ({used / first:.1f}×)"
    yield f"{min(wall for _, wall, _ in times):.1f} s"


def _told(judge: Judge) -> Iterator[str]:
    """The findings in words, with the answers that show them."""
    questions = {
        id_: QuestionShape.model_validate(
            {
                "id": id_,
                "place": "core",
                "ask": f"Spørsmål {id_[1:]}?",
                "options": {option: f"svar {option[1:]}" for option in OPTIONS},
            }
        )
        for id_ in judge.ruleset.questions
    }
    for found in judge.findings:
        yield f"{found.need}, step {found.step} where {found.floor} is due: {tell_answers(questions, found.shown_by)}"


if __name__ == "__main__":
    main()
