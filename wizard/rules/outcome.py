"""What the rules answer with: ids only, immutable, ready for any face of the product."""

from dataclasses import dataclass, field

from wizard.rules.model import Term


@dataclass(frozen=True, slots=True)
class Reason:
    """A rule, with the terms that speak for it (certain), against it (differing) or leave it open."""

    rule: str
    step: int
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class NeedOutcome:
    """The result for one need.

    ``floor`` is the highest ``at_least`` that is certain; ``step`` the lowest suitable step. ``services`` are the
    step's own, ``included`` what comes with them, ``ask_about`` at most two that may fit, ``meanwhile`` fitting ones
    from lower steps. ``because`` are the certain rules that set the floor, ``next_up`` the nearest rule above that
    the answers exclude, and ``could_change`` the rules above that hang on a "vet ikke". ``fell_short`` says that the
    step is below the floor.
    """

    need: str
    floor: int
    step: int
    services: tuple[str, ...] = ()
    included: tuple[str, ...] = ()
    ask_about: tuple[str, ...] = ()
    meanwhile: tuple[str, ...] = ()
    because: tuple[Reason, ...] = ()
    next_up: Reason | None = None
    could_change: tuple[Reason, ...] = ()
    fell_short: bool = False


@dataclass(frozen=True, slots=True)
class SubjectOutcome:
    """The result for one of the people a visit is about, ``person`` or ``relative``. ``early`` helps one at risk."""

    subject: str
    needs: tuple[NeedOutcome, ...]
    urgent: tuple[str, ...] = ()
    rights: tuple[str, ...] = ()
    early: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of a visit."""

    subjects: tuple[SubjectOutcome, ...] = field(default_factory=tuple)
