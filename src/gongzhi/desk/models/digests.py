"""Who wants their notices by e-mail or text message too: once a day, or some of them at once."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongzhi.core.charter import Member, Thing
from gongzhi.parties.models import Person
from gongzhi.parties.reading import readable_by
from gongzhi.trust.identifiers import new_id


class How(models.TextChoices):
    """How somebody hears of something outside of the product."""

    NEVER = "never", _("不发")
    DAILY = "daily", _("每天一次")
    AT_ONCE = "at_once", _("随时")


class DigestQuerySet(models.QuerySet[Any]):
    """Digests."""

    def visible_to(self, member: Member) -> Self:
        """Those that the member may view: their own."""
        columns = {"holder": "person_id"}
        return self.filter(readable_by(member, "digest", columns=columns))


class Digest(models.Model):
    """That a person wants the day's notices together, and in which language.

    `at_once` and `never` name the topics that they want sooner, or not outside of the product.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.OneToOneField(Person, models.PROTECT, related_name="digest")
    language = models.CharField(max_length=2)
    since_on = models.DateField()
    at_once = models.JSONField(default=list)
    never = models.JSONField(default=list)

    objects = DigestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="digest_language_is_known", condition=Q(language__in=["zh", "en"])
            )
        ]

    def __str__(self) -> str:
        return f"{self.pk}"

    def how(self, topic: str) -> str:
        """How they hear of a topic."""
        if topic in self.never:
            return How.NEVER
        return How.AT_ONCE if topic in self.at_once else How.DAILY

    def thing(self) -> Thing:
        """The digest as the charter sees it."""
        return Thing(kind="digest", id=str(self.pk), holder=str(self.person_id))
