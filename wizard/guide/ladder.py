"""The steps of the ladder with their services, and each service as an offer under the needs it serves."""

from collections.abc import Iterator, Mapping

from wizard.guide.compiler import Compiler
from wizard.guide.faults import Fault
from wizard.guide.guide import Placed
from wizard.guide.schema import Access, Kind, NeedShape, ServiceShape, StepShape, UseShape
from wizard.guide.source import DataPath, Document
from wizard.rules.model import Offer, When

_EASE = {access: place for place, access in enumerate(Access)}
_WITHOUT_APPLICATION = {Access.OPEN, Access.NATIONAL, Access.CONTACT, Access.SIGN_UP}
_RANK = {"first": 0, "last": 2}


def collect_steps(compiler: Compiler) -> dict[int, tuple[Document, StepShape]]:
    """The steps by number."""
    steps: dict[int, tuple[Document, StepShape]] = {}
    for document, step in compiler.sources.several("steps"):
        if step.number in steps:
            what = f"Step {step.number} also stands in {steps[step.number][0].name}."
            compiler.faults.append(document.fault(("number",), what, "Give each step a number of its own."))
        steps[step.number] = document, step
    return steps


def collect_services(compiler: Compiler, steps: Mapping[int, tuple[Document, StepShape]]) -> dict[str, Placed]:
    """The services by id, in the ladder's order."""
    services: dict[str, Placed] = {}
    for document, step in (steps[number] for number in sorted(steps)):
        for c, category in enumerate(step.categories):
            for s, service in enumerate(category.services):
                if service.id in services:
                    what = f"The service id “{service.id}” also stands on step {services[service.id].step.number}."
                    path = ("categories", c, "services", s, "id")
                    compiler.faults.append(document.fault(path, what, "Give one of them another id."))
                services[service.id] = Placed(service, step, category.title)
    return services


def collect_offers(
    compiler: Compiler,
    steps: Mapping[int, tuple[Document, StepShape]],
    needs: Mapping[str, tuple[Document, NeedShape]],
) -> dict[str, list[Offer]]:
    """The services of the ladder, in its order, under each need they serve."""
    offers: dict[str, list[Offer]] = {id_: [] for id_ in needs}
    for number, (document, step) in sorted(steps.items()):
        reader = compiler.reader(document)
        for c, category in enumerate(step.categories):
            for s, service in enumerate(category.services):
                path: DataPath = ("categories", c, "services", s)
                for id_ in service.serves:
                    if id_ in needs:
                        subject = needs[id_][1].subject
                        who = reader.read_who(service.who, (*path, "who"), compiler.audience, subject)
                        fits = reader.read(service.fits.get(id_, "always"), (*path, "fits", id_))
                        compiler.faults += _foreign_fits(compiler, document, (*path, "fits", id_), needs[id_][1], fits)
                        offers[id_].append(_offer(service, number, id_, who, fits))
    return offers


def _foreign_fits(
    compiler: Compiler, document: Document, path: DataPath, need: NeedShape, fits: When
) -> Iterator[Fault]:
    asked = {item.use if isinstance(item, UseShape) else item.id for item in need.questions}
    known = compiler.core_variables()
    for variable in {v for condition in fits for v, _ in condition} - known:
        question = variable.partition(".")[0]
        if question not in asked:
            what = f"“fits” looks at “{question}”, which the need “{need.id}” does not ask."
            yield document.fault(path, what, "Use a question of that need, or leave it out.")


def _offer(service: ServiceShape, step: int, need: str, who: When, fits: When) -> Offer:
    return Offer(
        service=service.id,
        step=step,
        card=f"{service.name}\0{service.contact}",
        who=who,
        fits=fits,
        rank=_RANK.get(service.priority.get(need, ""), 1),
        ease=_EASE[service.access],
        without_application=service.access in _WITHOUT_APPLICATION,
        placement=service.kind is Kind.PLACEMENT,
    )
