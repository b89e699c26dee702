"""The fewest answers that show a fault: none can be left out, and of each as many options as show it just the same."""

from collections.abc import Callable, Mapping

from wizard.rules.model import Mask
from wizard.rules.regions import Region
from wizard.rules.table import bits


def fewest_answers(region: Region, domains: Mapping[str, Mask], shows: Callable[[Region], bool]) -> Region:
    """A region around one that ``shows`` something in every set of answers, and still does.

    It is the smallest in that no variable of it can be left open; the last ones are tried first.
    """
    kept = {id_: mask for id_, mask in region.items() if mask != domains[id_]}
    for id_ in reversed(kept.copy()):
        without = {other: mask for other, mask in kept.items() if other != id_}
        if shows(without):
            kept = without
    for id_ in kept:
        for option in bits(domains[id_] & ~kept[id_]):
            wider = {**kept, id_: kept[id_] | 1 << option}
            if shows(wider):
                kept = wider
    return kept
