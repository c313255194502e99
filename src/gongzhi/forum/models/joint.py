"""Projects that several parties carry together: what each gives, what each says of it.

Both sides of a gift state for themselves what was given and what came; nobody's figure replaces
another's. Deeds are done with the joint project, whose row they lock.
"""

from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongzhi.core.charter import Member, Thing
from gongzhi.core.participating.joint import Side
from gongzhi.cycle.models import Project
from gongzhi.forum.models.processes import Process
from gongzhi.parties.models import Office, Organisation
from gongzhi.parties.reading import readable_by
from gongzhi.trust.identifiers import new_id

DIGITS, PLACES = 18, 2  # of money, and of quantities


def _as_joint(member: Member, *, way: str) -> Q:
    columns = {
        "owner": f"{way}lead_id",
        "stage": f"{way}stage",
        "label": f"{way}label",
        "regions": f"{way}lead__region",
    }
    return readable_by(member, "joint_project", columns=columns)


class JointProjectQuerySet(models.QuerySet[Any]):
    """Joint projects."""

    def visible_to(self, member: Member) -> Self:
        """Those that the member may view."""
        return self.filter(_as_joint(member, way=""))

    def with_facts(self) -> Self:
        """With all that the charter asks about them."""
        whole = self.select_related("lead__region", "project__unit", "process")
        return whole.prefetch_related("roles")


class JointProject(models.Model):
    """A project carried by several parties: what for, led by whom, since when."""

    class Stage(models.TextChoices):
        """Whether it goes on."""

        OPEN = "open", _("进行中")
        CLOSED = "closed", _("已结束")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="joint_projects")
    process = models.ForeignKey(Process, models.PROTECT, null=True, related_name="joint_projects")
    lead = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    purpose = models.TextField(max_length=2000)
    started_on = models.DateField()
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.OPEN)
    label = models.CharField(max_length=20, default="public")

    objects = JointProjectQuerySet.as_manager()

    class Meta:
        ordering = ["-started_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                name="a_project_is_carried_jointly_once",
                fields=["project"],
                condition=Q(stage="open"),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def thing(self) -> Thing:
        """The joint project as the charter sees it; its panel are those who take part."""
        return Thing(
            kind="joint_project",
            id=str(self.pk),
            owner=str(self.lead_id),
            panel=frozenset(str(each.organisation_id) for each in self.now()),
            stage=self.stage,
            label=self.label,
            regions=self.lead.region.line(),
        )

    def now(self) -> list["JointRole"]:
        """The roles of those who take part today."""
        return [each for each in self.roles.all() if each.until_on is None]

    def part_of(self) -> tuple[Thing, ...]:
        """The things that it is part of: who follows them is told of it too."""
        around = (self.project, self.process)
        return tuple(row.thing() for row in around if row is not None)


class OfJointQuerySet(models.QuerySet[Any]):
    """What is part of a joint project, and read by whoever may read that."""

    def visible_to(self, member: Member) -> Self:
        """Those of the joint projects that the member may view."""
        return self.filter(_as_joint(member, way="joint__"))


class JointRole(models.Model):
    """That an organisation takes part, and what it takes on."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    joint = models.ForeignKey(JointProject, models.PROTECT, related_name="roles")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="joint_roles")
    does = models.CharField(max_length=300)
    since_on = models.DateField()
    until_on = models.DateField(null=True)
    why_left = models.TextField(max_length=2000, blank=True)

    objects = OfJointQuerySet.as_manager()

    class Meta:
        ordering = ["joint", "since_on", "id"]
        constraints = [
            models.UniqueConstraint(
                name="one_joint_role_at_a_time",
                fields=["joint", "organisation"],
                condition=Q(until_on__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.does}"


class JointNeed(models.Model):
    """What is needed, by whom, by when; accepted is how much of it was taken from offers."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    joint = models.ForeignKey(JointProject, models.PROTECT, related_name="needs")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    item = models.CharField(max_length=200)
    unit = models.CharField(max_length=40)
    quantity = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)
    accepted = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, default=0)
    place = models.CharField(max_length=200, blank=True)
    stated_on = models.DateField()
    due_on = models.DateField()

    objects = OfJointQuerySet.as_manager()

    class Meta:
        ordering = ["joint", "due_on", "id"]
        constraints = [
            models.CheckConstraint(
                name="no_more_is_accepted_than_needed",
                condition=Q(quantity__gt=0, accepted__gte=0, accepted__lte=F("quantity")),
            )
        ]

    def __str__(self) -> str:
        return self.item


class JointOffer(models.Model):
    """What somebody offers of what is needed; worth, with its basis, where it has a value."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    joint = models.ForeignKey(JointProject, models.PROTECT, related_name="offers")
    need = models.ForeignKey(JointNeed, models.PROTECT, related_name="offers")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    quantity = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)
    accepted = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, default=0)
    worth = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, null=True)
    worth_basis = models.CharField(max_length=300, blank=True)
    offered_on = models.DateField()
    accepted_on = models.DateField(null=True)

    objects = OfJointQuerySet.as_manager()

    class Meta:
        ordering = ["need", "id"]
        constraints = [
            models.CheckConstraint(
                name="no_more_is_accepted_than_offered",
                condition=Q(quantity__gt=0, accepted__gte=0, accepted__lte=F("quantity")),
            ),
            models.CheckConstraint(
                name="a_worth_has_its_basis",
                condition=Q(worth=None, worth_basis="") | (Q(worth__gt=0) & ~Q(worth_basis="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.need} {self.organisation}"


class JointContribution(models.Model):
    """Money that somebody pledged to another of the parties; raised: asked of the public."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    joint = models.ForeignKey(JointProject, models.PROTECT, related_name="contributions")
    giver = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    receiver = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    amount = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)
    purpose = models.CharField(max_length=300)
    raised = models.BooleanField(default=False)
    pledged_on = models.DateField()

    objects = OfJointQuerySet.as_manager()

    class Meta:
        ordering = ["joint", "id"]
        constraints = [
            models.CheckConstraint(name="a_pledge_is_money", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="nobody_pledges_to_itself", condition=~Q(giver=F("receiver"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.giver} {self.purpose}"


class JointStatement(models.Model):
    """What one side says of a gift: that so much was given, or came, on a day. Only added."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    joint = models.ForeignKey(JointProject, models.PROTECT, related_name="statements")
    offer = models.ForeignKey(JointOffer, models.PROTECT, null=True, related_name="statements")
    contribution = models.ForeignKey(
        JointContribution, models.PROTECT, null=True, related_name="statements"
    )
    side = models.CharField(max_length=10, choices=[(str(each), str(each)) for each in Side])
    quantity = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)
    note = models.CharField(max_length=300, blank=True)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    stated_on = models.DateField()

    objects = OfJointQuerySet.as_manager()

    class Meta:
        ordering = ["joint", "id"]
        constraints = [
            models.CheckConstraint(
                name="a_statement_is_of_one_gift",
                condition=Q(offer=None, contribution__isnull=False)
                | Q(offer__isnull=False, contribution=None),
            ),
            models.CheckConstraint(
                name="a_side_gives_or_receives", condition=Q(side__in=[*map(str, Side)])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.side} {self.quantity}"


class JointTask(models.Model):
    """What one of the parties has to do, until when, and what came of it."""

    class Stage(models.TextChoices):
        """Whether it was done."""

        OPEN = "open", _("待办")
        DONE = "done", _("已办")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    joint = models.ForeignKey(JointProject, models.PROTECT, related_name="tasks")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="joint_tasks")
    text = models.CharField(max_length=300)
    set_by = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    set_on = models.DateField()
    due_on = models.DateField()
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.OPEN)
    report = models.TextField(max_length=2000, blank=True)
    reported_on = models.DateField(null=True)

    objects = OfJointQuerySet.as_manager()

    class Meta:
        ordering = ["joint", "due_on", "id"]
        constraints = [
            models.CheckConstraint(
                name="a_done_task_was_reported",
                condition=Q(stage="open", reported_on=None)
                | (Q(stage="done", reported_on__isnull=False) & ~Q(report="")),
            )
        ]

    def __str__(self) -> str:
        return self.text


class VolunteerLog(models.Model):
    """How many volunteers of an organisation worked on a day, how long, and at what."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    joint = models.ForeignKey(JointProject, models.PROTECT, related_name="volunteer_logs")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    day = models.DateField()
    people = models.PositiveIntegerField()
    hours = models.DecimalField(max_digits=9, decimal_places=1)
    work = models.CharField(max_length=200)

    objects = OfJointQuerySet.as_manager()

    class Meta:
        ordering = ["joint", "day", "id"]
        constraints = [
            models.UniqueConstraint(
                name="one_log_a_day_and_work", fields=["joint", "organisation", "day", "work"]
            ),
            models.CheckConstraint(
                name="volunteers_are_people_who_worked",
                condition=Q(people__gt=0, hours__gt=0, hours__lte=F("people") * 24),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.day}"


class JointReconciliation(models.Model):
    """How the figures of a month stood beside each other, as one party closed it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    joint = models.ForeignKey(JointProject, models.PROTECT, related_name="reconciliations")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    month = models.DateField()
    record = models.JSONField()
    differing = models.PositiveIntegerField()
    note = models.TextField(max_length=2000, blank=True)
    reconciled_on = models.DateField()

    objects = OfJointQuerySet.as_manager()

    class Meta:
        ordering = ["joint", "month", "id"]
        constraints = [
            models.UniqueConstraint(
                name="a_month_is_reconciled_once", fields=["joint", "organisation", "month"]
            ),
            models.CheckConstraint(
                name="what_differs_is_explained", condition=Q(differing=0) | ~Q(note="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.month}"


class CharityLicenceQuerySet(models.QuerySet[Any]):
    """Licences for public fundraising."""

    def visible_to(self, member: Member) -> Self:  # noqa: ARG002 - nobody is kept from a licence
        """All: whom one may give to is everybody's to know."""
        return self.all()


class CharityLicence(models.Model):
    """That an organisation may ask the public for money: by which paper, from when until when."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="charity_licences")
    document_number = models.CharField(max_length=100)
    since_on = models.DateField()
    until_on = models.DateField(null=True)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    recorded_on = models.DateField()

    objects = CharityLicenceQuerySet.as_manager()

    class Meta:
        ordering = ["organisation", "since_on", "id"]
        constraints = [
            models.UniqueConstraint(
                name="a_charity_licence_is_recorded_once",
                fields=["organisation", "document_number"],
            ),
            models.CheckConstraint(
                name="a_charity_licence_ends_after_it_began",
                condition=Q(until_on=None) | Q(until_on__gte=F("since_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.document_number}"
