"""Panels by lot: who is sought, who volunteered, the draw, who came, what they said and heard.

Who volunteered is known to the rows alone and to whoever convenes; in public they have codes. The
pool, the quotas and the lottery are fixed when the pool closes, before anybody knows the seed.
"""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongzhi.core.charter import Member, Thing
from gongzhi.core.participating.sortition.asking import Quota, Sought, Volunteer
from gongzhi.core.terms import Said
from gongzhi.cycle.models import Project
from gongzhi.forum.models.processes import Process
from gongzhi.parties.models import Deed, Office, Organisation, Person
from gongzhi.parties.own_words import OwnWords
from gongzhi.parties.reading import NOBODY, readable_by
from gongzhi.trust.identifiers import new_id


class PanelQuerySet(models.QuerySet[Any]):
    """Panels."""

    def visible_to(self, member: Member) -> Self:
        """Those that the member may view."""
        columns = {
            "owner": "convener_id",
            "stage": "stage",
            "regions": "convener__region",
        }
        return self.filter(readable_by(member, "panel", columns=columns))

    def unsolved(self) -> Self:
        """Those whose pool is closed and has no lottery yet."""
        return self.filter(stage=Panel.Stage.POOLED, lottery=None)

    def with_facts(self) -> Self:
        """With all that the charter asks about them, in the same query."""
        return self.select_related("convener__region", "project__unit__region", "lottery")


class Panel(models.Model):
    """A panel: about what, how many are drawn by which quotas, until when one may volunteer.

    `invited` more take part without being drawn, for the reason given.
    """

    class Stage(models.TextChoices):
        """How far it got."""

        VOLUNTEERING = "volunteering", _("报名中")
        POOLED = "pooled", _("报名截止，待抽签")
        DRAWN = "drawn", _("已抽签")
        CALLED_OFF = "called_off", _("已取消")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    convener = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    project = models.ForeignKey(Project, models.PROTECT, null=True, related_name="panels")
    process = models.ForeignKey(Process, models.PROTECT, null=True, related_name="panels")
    title = models.CharField(max_length=200)
    text = models.TextField(max_length=4000)
    size = models.PositiveSmallIntegerField()
    quotas = models.JSONField(default=list)
    invited = models.PositiveSmallIntegerField(default=0)
    invited_why = models.TextField(max_length=1000, blank=True)
    announced_on = models.DateField()
    until = models.DateField()
    meets_on = models.DateField()
    stage = models.CharField(max_length=20, choices=Stage, default=Stage.VOLUNTEERING)

    objects = PanelQuerySet.as_manager()

    class Meta:
        ordering = ["-announced_on", "-id"]
        indexes = [models.Index(fields=["stage", "until"])]
        constraints = [
            models.CheckConstraint(
                name="panel_stage_is_known",
                condition=Q(stage__in=["volunteering", "pooled", "drawn", "called_off"]),
            ),
            models.CheckConstraint(name="a_panel_has_places", condition=Q(size__gt=0)),
            models.CheckConstraint(
                name="a_panel_meets_after_volunteering", condition=Q(meets_on__gt=F("until"))
            ),
            models.CheckConstraint(
                name="who_is_invited_is_given_a_reason",
                condition=Q(invited=0) | ~Q(invited_why=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def thing(self) -> Thing:
        """The panel as the charter sees it."""
        return Thing(
            kind="panel",
            id=str(self.pk),
            owner=str(self.convener_id),
            stage=self.stage,
            regions=self.convener.region.line(),
        )

    def part_of(self) -> tuple[Thing, ...]:
        """The things that it is part of: who follows them is told of it too."""
        return (self.project.thing(),) if self.project else ()

    def sought(self) -> Sought:
        """What is drawn, as the core sees it."""
        return Sought(size=self.size, quotas=tuple(Quota(**each) for each in self.quotas))

    def answered_by(self, deed: Deed) -> dict[Any, str]:
        """Whom a deed about it concerns: the drawn, and where it changed all who volunteered."""
        if deed.verb == "hold_panel_draw":
            rows = self.volunteers.filter(stage=PanelVolunteer.Stage.OFFERED)
        elif deed.verb in ("change_panel", "close_volunteering", "call_off_panel"):
            rows = self.volunteers.exclude(stage=PanelVolunteer.Stage.LEFT)
        else:
            return {}
        return {each.person_id: each.thing().name for each in rows.select_related("panel")}


class PanelChange(models.Model):
    """That quotas or dates were changed, or the panel called off: what was before, and why."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    panel = models.ForeignKey(Panel, models.PROTECT, related_name="changes")
    before = models.JSONField()
    reason = models.TextField(max_length=1000)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    changed_on = models.DateField()

    class Meta:
        ordering = ["panel", "id"]

    def __str__(self) -> str:
        return f"{self.panel} {self.changed_on}"


class PanelVolunteerQuerySet(models.QuerySet[Any]):
    """Those who volunteered."""

    def visible_to(self, member: Member) -> Self:
        """Those that the member may view: themselves, and whoever convenes."""
        columns = {
            "owner": "panel__convener_id",
            "holder": "person_id",
            "stage": "stage",
        }
        return self.filter(readable_by(member, "panel_volunteer", columns=columns))

    def with_facts(self) -> Self:
        """With all that the charter asks about them, in the same query."""
        return self.select_related("panel__convener", "person")

    def in_pool(self) -> Self:
        """Those who didn't leave the pool."""
        return self.exclude(stage=PanelVolunteer.Stage.LEFT)

    def on_panel(self) -> Self:
        """Those who were drawn and didn't give the seat back."""
        return self.filter(stage__in=[PanelVolunteer.Stage.OFFERED, PanelVolunteer.Stage.SEATED])


def _leave_pool(rows: models.QuerySet["PanelVolunteer"], *, today: date) -> None:  # noqa: ARG001
    """Before the pool closes they leave it; after, the published file needs what it counted."""
    left = [PanelVolunteer.Stage.LEFT, PanelVolunteer.Stage.DECLINED]
    rows.filter(panel__stage=Panel.Stage.VOLUNTEERING).update(
        stage=PanelVolunteer.Stage.LEFT, features={}
    )
    rows.filter(stage__in=left).update(features={})


class PanelVolunteer(models.Model):
    """Somebody who volunteered, once for a panel: a code, what they stated, how far it got.

    `counts_as` is the human behind the account: one person, one place, whatever accounts they have.
    """

    class Stage(models.TextChoices):
        """Whether they were drawn, and took the seat."""

        VOLUNTEERED = "volunteered", _("已报名")
        LEFT = "left", _("已退出报名")
        OFFERED = "offered", _("抽中，待确认")
        SEATED = "seated", _("已出任代表")
        RESERVE = "reserve", _("候补")
        DECLINED = "declined", _("已谢绝")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    panel = models.ForeignKey(Panel, models.PROTECT, related_name="volunteers")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    counts_as = models.UUIDField()
    code = models.CharField(max_length=12)
    features = models.JSONField()
    stage = models.CharField(max_length=20, choices=Stage, default=Stage.VOLUNTEERED)
    due_on = models.DateField(null=True)

    objects = PanelVolunteerQuerySet.as_manager()
    own_words = OwnWords(
        name=Said("报名当代表"),
        whose="person",
        columns=(),
        told=("features",),
        leaving=_leave_pool,
    )

    class Meta:
        ordering = ["panel", "code"]
        indexes = [models.Index(fields=["person", "stage"])]
        constraints = [
            models.UniqueConstraint(
                name="one_person_one_place_in_the_pool", fields=["panel", "counts_as"]
            ),
            models.UniqueConstraint(name="one_volunteer_a_code", fields=["panel", "code"]),
            models.CheckConstraint(
                name="panel_volunteer_stage_is_known",
                condition=Q(
                    stage__in=["volunteered", "left", "offered", "seated", "reserve", "declined"]
                ),
            ),
            models.CheckConstraint(
                name="an_offered_seat_has_its_day",
                condition=~Q(stage="offered") | Q(due_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.panel} {self.code}"

    def thing(self) -> Thing:
        """The volunteer as the charter sees them."""
        return Thing(
            kind="panel_volunteer",
            id=str(self.pk),
            owner=str(self.panel.convener_id),
            holder=str(self.person_id or NOBODY),
            stage=self.course(),
        )

    def course(self) -> str:
        """Its stage; nobody enters or leaves a closed pool, nor does anything for no panel."""
        if self.panel.stage == Panel.Stage.CALLED_OFF:
            return Panel.Stage.CALLED_OFF
        before = self.stage in (self.Stage.VOLUNTEERED, self.Stage.LEFT)
        is_closed = self.panel.stage != Panel.Stage.VOLUNTEERING
        return Panel.Stage.POOLED if before and is_closed else self.stage

    def part_of(self) -> tuple[Thing, ...]:
        """Nothing that others follow: who volunteers is nobody else's business."""
        return ()

    def as_volunteer(self) -> Volunteer:
        """The volunteer as the core sees them."""
        return Volunteer(code=self.code, features=self.features)

    def answered_by(self, deed: Deed) -> dict[Any, str]:
        """Who enters for somebody who leaves a seat is told of it."""
        code = deed.public.get("successor")
        rows = self.panel.volunteers.filter(code=code) if code else ()
        return {each.person_id: each.thing().name for each in rows}


class PanelAttendance(models.Model):
    """Whether somebody of the panel was there on a day."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    volunteer = models.ForeignKey(PanelVolunteer, models.PROTECT, related_name="attendance")
    held_on = models.DateField()
    present = models.BooleanField()

    class Meta:
        ordering = ["held_on", "id"]
        constraints = [
            models.UniqueConstraint(name="attendance_once_a_day", fields=["volunteer", "held_on"])
        ]

    def __str__(self) -> str:
        return f"{self.volunteer} {self.held_on}"
