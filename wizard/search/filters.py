"""Narrowing down what is found: for whom, how high up, how one gets it, and who gives it."""

from collections.abc import Mapping
from dataclasses import dataclass

from wizard.guide.guide import Guide, Placed
from wizard.guide.ladder import WITHOUT_APPLICATION
from wizard.guide.ladder_shapes import Access, Kind
from wizard.search.ages import age_groups
from wizard.search.index import Entry, Index

FREE = "free"
"""Every access that takes no application."""
WAYS: Mapping[str, frozenset[Access]] = {
    FREE: frozenset(WITHOUT_APPLICATION),
    **{way.value: frozenset({way}) for way in (Access.APPLICATION, Access.REFERRAL, Access.INCLUDED)},
}


@dataclass(frozen=True, slots=True)
class Filters:
    """What to keep; an empty one keeps everything. ``place`` is the number of a step, or the id of a band."""

    age: str = ""
    place: str = ""
    way: str = ""
    provider: str = ""

    def known(self, guide: Guide) -> "Filters":
        """The same without what this guide does not have."""
        places = {str(number) for number in guide.steps} | set(guide.about.bands)
        return Filters(
            age=self.age if self.age in age_groups(guide) else "",
            place=self.place if self.place in places else "",
            way=self.way if self.way in WAYS else "",
            provider=self.provider if self.provider in providers(guide) else "",
        )

    def __bool__(self) -> bool:
        return bool(self.age or self.place or self.way or self.provider)

    def admit(self, index: Index, entry: Entry) -> bool:
        """Whether to keep a service; or a need, where the age fits and some service of it is kept."""
        if self.age and self.age not in entry.ages:
            return False
        if not entry.is_need:
            return self._admit_service(index.guide.services[entry.id])
        offers = index.guide.ruleset.needs[entry.id].offers
        return not self or any(self.admit(index, index.service(offer.service)) for offer in offers)

    def _admit_service(self, placed: Placed) -> bool:
        service, step = placed.service, placed.step
        return (
            (not self.place or self.place in (str(step.number), step.band))
            and (not self.way or (service.access in WAYS[self.way] and service.kind is not Kind.INSTRUMENT))
            and (not self.provider or service.provider == self.provider)
        )


def providers(guide: Guide) -> tuple[str, ...]:
    """Who gives the services of a guide, in the order they are met."""
    return tuple(dict.fromkeys(placed.service.provider for placed in guide.services.values()))
