"""What is said beside a voice: what a social organisation can bring; each step, with its reason."""

from django.db import models
from django.db.models import Q

from gongzhi.core.terms import Said
from gongzhi.forum.models.moderation import Posted
from gongzhi.forum.models.voices import TEXT_MAX, Voice
from gongzhi.forum.voice_reading import OfVoiceQuerySet
from gongzhi.parties.models import Office, Organisation
from gongzhi.parties.own_words import OwnWords
from gongzhi.trust.identifiers import new_id


class ResourceOffer(models.Model):
    """What a social organisation can bring: people, rooms, money, knowledge."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    voice = models.ForeignKey(Voice, models.PROTECT, related_name="offers")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    text = models.TextField(max_length=TEXT_MAX)
    offered_on = models.DateField()

    objects = OfVoiceQuerySet.as_manager()

    class Meta:
        ordering = ["voice", "id"]

    def __str__(self) -> str:
        return f"{self.organisation} {self.offered_on}"

    def posted(self) -> Posted:
        """What was said as a public post: whoever looks after the voice looks after it."""
        return Posted(
            kind="resource_offer",
            id=self.pk,
            author=self.office.person_id,
            owner=self.voice.addressed,
            text=self.text,
        )


class VoiceStep(models.Model):
    """That a voice was revised, merged, parted, asked about, urged or taken back: when and why."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    voice = models.ForeignKey(Voice, models.PROTECT, related_name="steps")
    verb = models.CharField(max_length=40)
    reason = models.TextField(max_length=TEXT_MAX, blank=True)
    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    done_on = models.DateField()

    objects = OfVoiceQuerySet.as_manager()
    own_words = OwnWords(
        name=Said("关于自己意见的话"),
        whose="voice__person",
        columns=("reason",),
        among=Q(office=None),
    )

    class Meta:
        ordering = ["voice", "id"]

    def __str__(self) -> str:
        return f"{self.verb} {self.done_on}"
