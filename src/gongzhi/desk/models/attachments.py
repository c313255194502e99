"""Files beside a thing: the content once by its hash, and each use of it as an attachment."""

from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongzhi.core.charter import Member, Thing
from gongzhi.core.terms import Said
from gongzhi.desk.things import about_readable
from gongzhi.parties.by_name import name_index, named
from gongzhi.parties.models import Organisation, Person
from gongzhi.parties.own_words import OwnWords
from gongzhi.parties.reading import NOBODY, readable_by
from gongzhi.trust.identifiers import new_id

THINGS_MAX = 1000  # beside which files of one name are looked for


class Content(models.Model):
    """The bytes of a file, stored once however often it is attached; its key is its SHA-256."""

    digest = models.CharField(max_length=64, primary_key=True)
    content = models.BinaryField()
    bytes_count = models.PositiveIntegerField()
    kind = models.CharField(max_length=10)

    def __str__(self) -> str:
        return self.digest


class AttachmentQuerySet(models.QuerySet[Any]):
    """Attachments."""

    def visible_to(
        self, member: Member, *, called: Sequence[str] = (), beside: str | Sequence[str] = ""
    ) -> Self:
        """Those that the member may view, about things that they may view and that are shown.

        `called`: those called so; `beside`: those beside the thing, or the things, of that name.
        """
        rows, among = self, None
        if beside:
            among = [beside] if isinstance(beside, str) else list(beside)
            rows = self.filter(about__in=among)
        elif called:
            rows = named(self, called, "name")
            among = list(rows.order_by().values_list("about", flat=True).distinct()[:THINGS_MAX])
        columns = {
            "owner": "organisation_id",
            "holder": "holder_id",
            "stage": "stage",
            "label": "label",
            "authors": "attached_by_id",
        }
        without = ("attachment", "deed")
        return rows.filter(
            readable_by(member, "attachment", columns=columns),
            about_readable(member, column="about", without=without, among=among, shown=True),
        ).exclude(content=None)

    def with_facts(self) -> Self:
        """With all that the charter asks about them, without their bytes."""
        return self.select_related("organisation__region", "content").defer("content__content")


def _leave(rows: models.QuerySet["Attachment"], *, today: date) -> None:  # noqa: ARG001
    """The files go too, unless the same content is kept for somebody else."""
    digests = list(rows.exclude(content=None).values_list("content", flat=True))
    rows.update(stage=Attachment.Stage.WITHDRAWN, content=None)
    Content.objects.filter(digest__in=digests, attachments=None, exports=None).delete()


class Attachment(models.Model):
    """A file beside a thing, with the class that says who may read it.

    It belongs to an organisation, or to a person who attached it for themselves: its holder. What
    was erased with its holder is a row without a file, which nobody reads.
    """

    class Label(models.TextChoices):
        """Who may read it: everybody who reads the thing, the organisation, or few in it."""

        PUBLIC = "public", _("可公开")
        INTERNAL = "internal", _("本单位内部")
        PERSONAL = "personal", _("含个人信息")
        CONFIDENTIAL = "confidential", _("含商业秘密")

    class Stage(models.TextChoices):
        """Whether it still stands."""

        ATTACHED = "attached", _("有效")
        WITHDRAWN = "withdrawn", _("已撤回")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    about = models.CharField(max_length=100, db_index=True)
    name = models.CharField(max_length=200)
    content = models.ForeignKey(Content, models.PROTECT, null=True, related_name="attachments")
    label = models.CharField(max_length=20, choices=Label)
    stage = models.CharField(max_length=20, choices=Stage, default=Stage.ATTACHED)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    holder = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    attached_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    attached_on = models.DateField()

    objects = AttachmentQuerySet.as_manager()
    own_words = OwnWords(name=Said("附件的名称"), whose="holder", columns=("name",), leaving=_leave)

    class Meta:
        ordering = ["-id"]
        indexes = [name_index("attachment_by_name", "name")]
        constraints = [
            models.CheckConstraint(
                name="attachment_label_is_known",
                condition=Q(label__in=["public", "internal", "personal", "confidential"]),
            ),
            models.CheckConstraint(
                name="attachment_stage_is_known", condition=Q(stage__in=["attached", "withdrawn"])
            ),
            models.CheckConstraint(
                name="an_attachment_is_somebodys",
                condition=Q(organisation__isnull=False, holder=None)
                | Q(organisation=None, holder__isnull=False),
            ),
            models.CheckConstraint(
                name="only_what_was_erased_has_no_file",
                condition=Q(content__isnull=False) | Q(holder__isnull=False, stage="withdrawn"),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def file(self) -> Content:
        """Its content; what was erased has none, and nobody reads it."""
        assert self.content is not None, "only what was erased has no file"
        return self.content

    def thing(self) -> Thing:
        """The attachment as the charter sees it."""
        return Thing(
            kind="attachment",
            id=str(self.pk),
            owner=str(self.organisation_id or NOBODY),
            holder=str(self.holder_id or NOBODY),
            stage=self.stage,
            label=self.label,
            authors=frozenset({str(self.attached_by_id)}),
            regions=self.organisation.region.line() if self.organisation else (),
        )


def content_digest(content: bytes) -> str:
    """What a content is known by."""
    return sha256(content).hexdigest()
