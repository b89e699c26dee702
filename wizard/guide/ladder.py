"""The steps of the ladder with their services, and each service as an offer under the needs it serves."""

from collections.abc import Iterator, Mapping

from wizard.guide.compiler import Compiler
from wizard.guide.guide import Placed
from wizard.guide.ladder_shapes import Access, Kind, ServiceShape, StepShape
from wizard.guide.schema import NeedShape
from wizard.guide.source import DataPath, Document
from wizard.rules.model import Offer, When

_EASE = {access: place for place, access in enumerate(Access)}
WITHOUT_APPLICATION = {Access.OPEN, Access.NATIONAL, Access.CONTACT, Access.SIGN_UP}
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
    for _, (document, step) in sorted(steps.items()):
        for path, service in entries(step):
            if service.id in services:
                what = f"The service id “{service.id}” also stands on step {services[service.id].step.number}."
                compiler.faults.append(document.fault((*path, "id"), what, "Give one of them another id."))
            services[service.id] = Placed(service, step, step.categories[int(path[1])].title)
    return services


def collect_offers(
    compiler: Compiler,
    steps: Mapping[int, tuple[Document, StepShape]],
    needs: Mapping[str, tuple[Document, NeedShape]],
) -> dict[str, list[Offer]]:
    """The services of the ladder, in its order, under each need they serve."""
    offers: dict[str, list[Offer]] = {id_: [] for id_ in needs}
    for _, (document, step) in sorted(steps.items()):
        for path, service in entries(step):
            for id_ in service.serves:
                if id_ in needs:
                    offers[id_].append(_read_offer(compiler, document, path, step.number, service, needs[id_][1]))
    return offers


def entries(step: StepShape) -> Iterator[tuple[DataPath, ServiceShape]]:
    """The services of a step in printed order, each with its place in the file."""
    for c, category in enumerate(step.categories):
        for s, service in enumerate(category.services):
            yield ("categories", c, "services", s), service


def _read_offer(
    compiler: Compiler, document: Document, path: DataPath, step: int, service: ServiceShape, need: NeedShape
) -> Offer:
    who = compiler.read_who(document, service.who, (*path, "who"), need)
    fits = compiler.reader(document).read(service.fits.get(need.id, "always"), (*path, "fits", need.id))
    for variable in {v for condition in fits for v, _ in condition} - compiler.variables_of(need):
        what = f"“fits” looks at “{variable.partition('.')[0]}”, which the need “{need.id}” does not ask."
        mend = "Use a question of that need, or leave it out."
        compiler.faults.append(document.fault((*path, "fits", need.id), what, mend))
    return _offer(service, step, need.id, who, fits)


def _offer(service: ServiceShape, step: int, need: str, who: When, fits: When) -> Offer:
    return Offer(
        service=service.id,
        step=step,
        card=f"{service.name}\0{service.contact}",
        who=who,
        fits=fits,
        rank=_RANK.get(service.priority.get(need, ""), 1),
        ease=_EASE[service.access],
        without_application=service.access in WITHOUT_APPLICATION,
        placement=service.kind is Kind.PLACEMENT,
        included=service.access is Access.INCLUDED,
    )
