"""The stories' panels by lot: announced, volunteered for, drawn, met, heard and answered."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial

from gongzhi.city.citizens import citizen_called
from gongzhi.city.invented.panelled import (
    Opinion,
    Panelled,
    Sitting,
    Volunteering,
    load_panelled,
)
from gongzhi.city.living.attempts import decided_on
from gongzhi.city.living.happenings import Happening
from gongzhi.city.living.people import People
from gongzhi.core.charter import Member
from gongzhi.cycle.models import Project
from gongzhi.forum.actions import panel_seats, panels
from gongzhi.forum.actions.panels import PanelPlan
from gongzhi.forum.models import Panel, PanelOpinion, PanelVolunteer
from gongzhi.forum.panel_solving import solve
from gongzhi.parties.members import member_of

TRIES = 7  # days on which the draw is tried: the log has to sign a checkpoint first
OFFERED, SEATED = PanelVolunteer.Stage.OFFERED, PanelVolunteer.Stage.SEATED


@dataclass(frozen=True, slots=True, kw_only=True)
class Panels:
    """The panels of the stories, for whoever convenes them and whoever is drawn."""

    people: People
    told: tuple[Panelled, ...] = field(default_factory=load_panelled)

    def happenings(self) -> Iterator[Happening]:
        """Each step on its day; the draw on the first day on which it can be held."""
        for told in self.told:
            yield decided_on(told.on, partial(self._announce, told))
            for each in told.volunteers:
                yield decided_on(each.on, partial(_volunteer, told, each))
            yield decided_on(told.closed_on, partial(self._close, told))
            for day in _tries(told):
                yield decided_on(day, partial(self._draw, told))
            yield decided_on(told.declined_on, partial(_decline, told))
            yield decided_on(told.accepted_on, partial(_accept, told))
            for sitting in told.sittings:
                yield decided_on(sitting.on, partial(self._meet, told, sitting))
            for opinion in told.opinions:
                yield decided_on(opinion.on, partial(_say, told, opinion))
                yield decided_on(opinion.answered_on, partial(self._answer, told, opinion))

    def _announce(self, told: Panelled) -> None:
        plan = PanelPlan(
            title=told.title,
            text=told.text,
            size=told.size,
            until=told.until,
            meets_on=told.meets_on,
            quotas=told.quotas,
            project=Project.objects.select_related("unit__region").get(code=told.project),
        )
        convener = self.people.organisations[told.convener]
        panels.announce_panel(by=self._by(told), plan=plan, convener=convener)

    def _close(self, told: Panelled) -> None:
        panel = panels.close_volunteering(by=self._by(told), panel=_known(told))
        solve(panel.pk)  # so that the draw doesn't wait for the job

    def _draw(self, told: Panelled) -> None:
        panels.hold_panel_draw(by=self._by(told), panel=_known(told))

    def _meet(self, told: Panelled, sitting: Sitting) -> None:
        panel = _known(told)
        seats = enumerate(_seats(panel, SEATED), start=1)
        there = [row.code for number, row in seats if number not in sitting.absent]
        panel_seats.record_panel_attendance(
            by=self._by(told), panel=panel, held_on=sitting.on, present=there
        )

    def _answer(self, told: Panelled, opinion: Opinion) -> None:
        panel_seats.answer_panel_opinion(
            by=self._by(told),
            opinion=PanelOpinion.objects.with_facts().get(panel=_known(told), text=opinion.text),
            outcome=opinion.outcome,
            reason=opinion.reason,
            changed=opinion.changed,
        )

    def _by(self, told: Panelled) -> Member:
        return self.people.member(told.convener, "officer")


def panel_of(told: Panelled) -> Panel | None:
    """The panel as it stands, if somebody announced it."""
    rows = Panel.objects.with_facts().filter(project__code=told.project, title=told.title)
    found: Panel | None = rows.order_by("id").first()
    return found


def _known(told: Panelled) -> Panel:
    found = panel_of(told)
    if found is None:
        raise Panel.DoesNotExist(told.title)
    return found


def _tries(told: Panelled) -> Iterator[date]:
    return (told.drawn_from + timedelta(days=later) for later in range(TRIES))


def _seats(panel: Panel, stage: str) -> list[PanelVolunteer]:
    return list(panel.volunteers.filter(stage=stage).with_facts().order_by("code"))


def _volunteer(told: Panelled, each: Volunteering) -> None:
    panel_seats.volunteer_for_panel(
        by=citizen_called(username=each.username, name=each.name),
        panel=_known(told),
        features=dict(zip(told.features, each.stated, strict=True)),
    )


def _decline(told: Panelled) -> None:
    """The first gives the seat back; somebody of the reserve is offered it."""
    first = next(iter(_seats(_known(told), OFFERED)), None)
    if first is not None:
        panel_seats.decline_panel_seat(by=_themselves(first), volunteer=first)


def _accept(told: Panelled) -> None:
    for row in _seats(_known(told), OFFERED):
        panel_seats.accept_panel_seat(by=_themselves(row), volunteer=row)


def _say(told: Panelled, opinion: Opinion) -> None:
    seats = _seats(_known(told), SEATED)
    if len(seats) >= opinion.seat:
        row = seats[opinion.seat - 1]
        panel_seats.submit_panel_opinion(by=_themselves(row), volunteer=row, text=opinion.text)


def _themselves(row: PanelVolunteer) -> Member:
    return member_of(row.person, second_factor=True, fresh=True)
