"""The customer's way with us as one picture: stages, touchpoints, and the links by which people go on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from coalface.methods.results import wilson
from coalface.methods.touchpoints import Link, MoreThanCame, links
from coalface.records.models import Cohort, CohortCount, Handoff, Stage, Touchpoint, TouchpointJudgement
from coalface.records.tables import Column, Of, Table
from coalface.shell.charts.two_sided import TwoSided

from .issues import touchpoints
from .moments import judgements_now

WAY: Final = Table(
    "touchpoints",
    (
        Column("key", read="touchpoint.key"),
        Column("name", read="touchpoint.name"),
        Column("stage", read="touchpoint.stage"),
        Column("order", Of.WHOLE, "touchpoint.order"),
        Column("owner", read="touchpoint.owner.name"),
        Column("issues_standing", Of.WHOLE, "touchpoint.standing"),
        Column("moment", read="moment"),
        Column("answers", Of.WHOLE, "shown.n"),
        *(
            Column(f"{share}{end}", Of.NUMBER, f"shown.{share}{end}")
            for share in ("misery", "magic")
            for end in ("", "_low", "_high")
        ),
    ),
)
LINKS: Final = Table(
    "links",
    (
        Column("link_from", read="handoff.giver.name"),
        Column("link_to", read="handoff.taker.name"),
        Column("owner", read="handoff.owner.name"),
        Column("cohort", read="cohort.name"),
        Column("came", Of.WHOLE, "link.came"),
        Column("went_on", Of.WHOLE, "link.went_on"),
        Column("excused", Of.WHOLE, "link.excused"),
        Column("still_open", Of.WHOLE, "link.still_open"),
        Column("passed", Of.NUMBER, "link.passed.estimate"),
        Column("passed_low", Of.NUMBER, "link.passed.low"),
        Column("passed_high", Of.NUMBER, "link.passed.high"),
        Column("loss_share", Of.NUMBER, "link.loss_share"),
        Column("weakest", Of.YES_NO, "link.weakest"),
    ),
)


@dataclass(frozen=True, slots=True)
class Reached:
    """How many came to a touchpoint, how many of them needed it no longer, how many may still go on."""

    touchpoint: Touchpoint
    reached: int
    excused: int = 0
    still_open: int = 0


Counted = Reached | CohortCount


@dataclass(frozen=True, slots=True)
class Stretch:
    """Links that follow one another, with a count at every touchpoint of theirs."""

    links: tuple[Handoff, ...]
    counts: tuple[Counted, ...]

    def figures(self) -> tuple[Link, ...]:
        """How many passed each link; raises where more came than could."""
        return links(
            [one.reached for one in self.counts],
            [one.excused for one in self.counts],
            [one.still_open for one in self.counts],
        )


@dataclass(slots=True)
class Step:
    """A link of the way; without `link` the cohort was not counted at both of its ends."""

    handoff: Handoff
    cohort: Cohort | None = None
    link: Link | None = None
    misfit: bool = False
    begins: bool = False


@dataclass(slots=True)
class Stop:
    """A touchpoint of the way; `shown` is its judgement where enough answered."""

    touchpoint: Touchpoint
    judgement: TouchpointJudgement | None
    step: Step | None = None

    @property
    def shown(self) -> TouchpointJudgement | None:
        """The judgement, unless fewer answered than a group may have."""
        return self.judgement if self.judgement and self.judgement.split else None

    @property
    def moment(self) -> str:
        """Its code, or nothing where nobody can say."""
        return self.shown.moment if self.shown else ""

    @property
    def split(self) -> TwoSided | None:
        """Misery to the left, the best rating to the right."""
        return split_of(self.shown) if self.shown else None


@dataclass(slots=True)
class OfStage:
    """A stage with its touchpoints in order."""

    stage: str
    stops: list[Stop] = field(default_factory=list)


@dataclass(slots=True)
class Journey:
    """The whole way, first to last; `steps` in the order of their chains."""

    stages: list[OfStage]
    steps: list[Step]
    cohort: Cohort | None

    @property
    def stops(self) -> list[Stop]:
        """All touchpoints in order."""
        return [stop for stage in self.stages for stop in stage.stops]

    @property
    def weakest(self) -> Step | None:
        """The link that is proven weakest, if one is."""
        return next((step for step in self.steps if step.link and step.link.weakest), None)

    @property
    def counted(self) -> bool:
        """Whether any link has figures."""
        return any(step.link for step in self.steps)


def journey(*, cohort: Cohort | None) -> Journey:
    """The customer's way with us, with what each step is like and how many of a cohort came through."""
    judged = judgements_now()
    steps = steps_of(cohort=cohort)
    leads_on = {step.handoff.giver_id: step for step in steps}
    stages = {stage: OfStage(stage) for stage in Stage.values}
    for one in touchpoints():
        stages[one.stage].stops.append(Stop(one, judged.get(one.pk), leads_on.get(one.pk)))
    return Journey(list(stages.values()), steps, cohort)


def steps_of(*, cohort: Cohort | None) -> list[Step]:
    """Every link that stands, chain by chain, with the figures of a cohort."""
    counted = counts_of(cohort) if cohort else {}
    found = []
    for chain in chains():
        steps = {link.pk: Step(link, cohort, begins=place == 0) for place, link in enumerate(chain)}
        for stretch in stretches(chain, counted):
            try:
                figures = stretch.figures()
            except MoreThanCame as refused:
                steps[stretch.links[refused.place].pk].misfit = True
                continue
            for link, figure in zip(stretch.links, figures, strict=True):
                steps[link.pk].link = figure
        found += steps.values()
    return found


def counts_of(cohort: Cohort) -> dict[int, CohortCount]:
    """How many of a cohort came to each touchpoint."""
    return {row.touchpoint_id: row for row in cohort.counts.all()}


def cohort_by(pk: str | None) -> Cohort | None:
    """The cohort the address names, else the latest."""
    rows = Cohort.objects.all()
    return (rows.filter(pk=pk).first() if pk and pk.isdecimal() else None) or rows.first()


def in_order() -> list[Touchpoint]:
    """All touchpoints, first to last."""
    return list(touchpoints())


def chains() -> list[list[Handoff]]:
    """The links that stand, one after another: each chain from its first touchpoint to its last."""
    rows = Handoff.objects.filter(ended_at=None).select_related("giver", "taker", "owner")
    by_giver = {link.giver_id: link for link in rows}
    taken = {link.taker_id for link in by_giver.values()}
    places = {stage: place for place, stage in enumerate(Stage.values)}
    firsts = [link for pk, link in by_giver.items() if pk not in taken]
    firsts.sort(key=lambda link: (places[link.giver.stage], link.giver.order, link.giver.key))
    return [_followed(first, by_giver) for first in firsts]


def _followed(first: Handoff, by_giver: Mapping[int, Handoff]) -> list[Handoff]:
    chain = [first]
    while (following := by_giver.get(chain[-1].taker_id)) and following not in chain:
        chain.append(following)
    return chain


def going_on_from(touchpoint: int) -> set[int]:
    """Every touchpoint that is reached from here, this one included."""
    onward = dict(Handoff.objects.filter(ended_at=None).values_list("giver_id", "taker_id"))
    reached = {touchpoint}
    while (touchpoint := onward.get(touchpoint, 0)) and touchpoint not in reached:
        reached.add(touchpoint)
    return reached


def stretches(chain: Sequence[Handoff], counted: Mapping[int, Counted]) -> list[Stretch]:
    """The parts of a chain that were counted at every touchpoint."""
    found: list[list[Handoff]] = []
    for link in chain:
        if link.giver_id not in counted or link.taker_id not in counted:
            continue
        if found and found[-1][-1].taker_id == link.giver_id:
            found[-1].append(link)
        else:
            found.append([link])
    return [
        Stretch(tuple(part), tuple(counted[pk] for pk in (part[0].giver_id, *(one.taker_id for one in part))))
        for part in found
    ]


def counted_at() -> list[Touchpoint]:
    """The touchpoints at which a cohort can be counted: those on a chain, in its order."""
    return [stop for chain in chains() for stop in (chain[0].giver, *(link.taker for link in chain))]


def step_from(touchpoint: Touchpoint, *, earlier: bool) -> tuple[str, int] | None:
    """The stage and place one step earlier or later on the way; none at its ends."""
    stages = list(Stage.values)
    here = [one.pk for one in in_order() if one.stage == touchpoint.stage]
    place, stage = here.index(touchpoint.pk), stages.index(touchpoint.stage)
    if earlier and place:
        return touchpoint.stage, place - 1
    if not earlier and place < len(here) - 1:
        return touchpoint.stage, place + 1
    if not 0 <= (beside := stage + (-1 if earlier else 1)) < len(stages):
        return None
    return stages[beside], len(list(touchpoints().filter(stage=stages[beside]))) if earlier else 0


def split_of(row: TouchpointJudgement) -> TwoSided:
    """Misery to the left, the best rating to the right, each with its interval."""
    top = wilson(row.split["ratings"][-1], row.n)
    return TwoSided((row.misery, row.misery_low, row.misery_high), (top.estimate, top.low, top.high))
