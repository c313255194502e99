"""What a unit discloses of a year: packs, their pieces as they were examined, what is kept back.

A published pack and its pieces are never changed (triggers see to it); a correction is the next
version. A passage that is kept back lies in a row of its own, never in what is published.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongzhi.core.charter import Thing
from gongzhi.core.disclosure.stages import UNFINISHED, Ground, PackStage, Verdict
from gongzhi.cycle.disclosure_reading import OfPackQuerySet, PackQuerySet, RedactionQuerySet
from gongzhi.parties.conflicts import conflicted
from gongzhi.parties.models import Office, Organisation, Person
from gongzhi.parties.reading import NOBODY
from gongzhi.trust.identifiers import new_id


class DisclosurePack(models.Model):
    """A version of what a unit discloses of a year on an occasion: its budget, its accounts.

    `because` says what a correction corrects; digest seals the pieces as they were published.
    """

    class Stage(models.TextChoices):
        """How far it got; which steps lead where stands in core.disclosure.stages."""

        DRAFT = PackStage.DRAFT, _("待公开审查")
        REVIEWED = PackStage.REVIEWED, _("审查完毕，待公开")
        PUBLISHED = PackStage.PUBLISHED, _("已公开")
        WITHDRAWN = PackStage.WITHDRAWN, _("已撤回")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    fiscal_year = models.PositiveSmallIntegerField()
    occasion = models.CharField(max_length=20)
    number = models.PositiveSmallIntegerField(null=True)
    stage = models.CharField(max_length=20, choices=Stage, default=Stage.DRAFT)
    replaces = models.ForeignKey("self", models.PROTECT, null=True, related_name="corrections")
    because = models.TextField(max_length=2000, blank=True)
    review = models.TextField(max_length=2000, blank=True)
    digest = models.CharField(max_length=80, blank=True)
    drafted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    drafted_on = models.DateField()
    published_on = models.DateField(null=True)

    objects = PackQuerySet.as_manager()

    class Meta:
        ordering = ["-fiscal_year", "-id"]
        indexes = [models.Index(fields=["fiscal_year", "occasion", "stage"])]
        constraints = [
            models.CheckConstraint(
                name="pack_stage_is_known", condition=Q(stage__in=[*map(str, PackStage)])
            ),
            models.CheckConstraint(
                name="published_packs_have_number_day_and_digest",
                condition=(
                    Q(stage="published", number__isnull=False, published_on__isnull=False)
                    & ~Q(digest="")
                )
                | (~Q(stage="published") & Q(number=None, published_on=None, digest="")),
            ),
            models.CheckConstraint(
                name="a_corrected_pack_has_its_reason",
                condition=Q(replaces=None) | ~Q(because=""),
            ),
            models.UniqueConstraint(
                name="one_pack_a_number",
                fields=["organisation", "fiscal_year", "occasion", "number"],
            ),
            models.UniqueConstraint(
                name="one_unfinished_pack",
                fields=["organisation", "fiscal_year", "occasion"],
                condition=Q(stage__in=[*map(str, UNFINISHED)]),
            ),
            models.UniqueConstraint(
                name="one_published_correction_of_a_pack",
                fields=["replaces"],
                condition=Q(stage="published"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.fiscal_year}"

    def thing(self) -> Thing:
        """The pack as the charter sees it."""
        return Thing(
            kind="disclosure_pack",
            id=str(self.pk),
            owner=str(self.organisation_id),
            overseer=str(self.organisation.parent_id or NOBODY),
            stage=self.stage,
            authors=self.drafted_by.selves(),
            regions=self.organisation.region.line(),
            conflicted=conflicted(f"organisation:{self.organisation_id}"),
        )

    def part_of(self) -> tuple[Thing, ...]:
        """The things that it is part of: who follows them is told of it too."""
        return (self.organisation.thing(),)


class PackPiece(models.Model):
    """A piece of a pack: of which thing, how it came about, what it says, what was decided.

    Its record (core.disclosure.content.Piece) holds nothing that is kept back. `document` is what
    decided on a piece that had been referred.
    """

    class Stage(models.TextChoices):
        """What the examination said of it."""

        UNDECIDED = Verdict.UNDECIDED, _("待审查")
        CLEARED = Verdict.CLEARED, _("可以公开")
        REFERRED = Verdict.REFERRED, _("不能确定，已报请确定")
        KEPT_BACK = Verdict.KEPT_BACK, _("不予公开")
        RELEASED = Verdict.RELEASED, _("已公开")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    pack = models.ForeignKey(DisclosurePack, models.PROTECT, related_name="pieces")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=40)
    name = models.CharField(max_length=300)
    of = models.CharField(max_length=100)
    came_on = models.DateField(null=True)
    record = models.JSONField()
    stage = models.CharField(max_length=20, choices=Stage, default=Stage.UNDECIDED)
    reason = models.TextField(max_length=1000, blank=True)
    document = models.CharField(max_length=200, blank=True)

    objects = OfPackQuerySet.as_manager()

    class Meta:
        ordering = ["pack", "position"]
        constraints = [
            models.UniqueConstraint(name="one_piece_a_position", fields=["pack", "position"]),
            models.UniqueConstraint(name="one_piece_of_a_thing", fields=["pack", "kind", "of"]),
            models.CheckConstraint(
                name="a_piece_held_back_has_its_reason",
                condition=~Q(stage__in=["referred", "kept_back"]) | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def thing(self) -> Thing:
        """The piece as the charter sees it."""
        return Thing(
            kind="pack_piece",
            id=str(self.pk),
            owner=str(self.pack.organisation_id),
            stage=self.stage,
            regions=self.pack.organisation.region.line(),
        )


class Redaction(models.Model):
    """A passage of a piece that is kept back: what it says, on which ground, why, by whom."""

    class Ground(models.TextChoices):
        """Why it isn't for everybody."""

        PRIVACY = Ground.PRIVACY, _("个人隐私")
        BUSINESS = Ground.BUSINESS, _("商业秘密")
        LAW = Ground.LAW, _("依法不予公开")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    piece = models.ForeignKey(PackPiece, models.PROTECT, related_name="redactions")
    at = models.CharField(max_length=40)
    passage = models.TextField(max_length=4000)
    ground = models.CharField(max_length=20, choices=Ground)
    reason = models.CharField(max_length=500)
    redacted_by = models.ForeignKey(Office, models.PROTECT, related_name="+")
    redacted_on = models.DateField()

    objects = RedactionQuerySet.as_manager()

    class Meta:
        ordering = ["piece", "id"]

    def __str__(self) -> str:
        return f"{self.piece} {self.at}"

    def thing(self) -> Thing:
        """The passage as the charter sees it."""
        return Thing(
            kind="redaction",
            id=str(self.pk),
            owner=str(self.piece.pack.organisation_id),
            regions=self.piece.pack.organisation.region.line(),
        )
