"""The map of opinions of a topic, as it was last drawn; and where common ground was taken to."""

from django.db import models

from gongzhi.cycle.models import GoalVersion
from gongzhi.forum.models.topics import Topic
from gongzhi.parties.models import Office
from gongzhi.trust.identifiers import new_id

TAKEN_MAX = 1000


class OpinionMap(models.Model):
    """The last map of a topic: drawn anew while it is open, published once it ended.

    `shown` holds what everybody may see (core/balance/opinions/showing.py), `plane` the axes from
    which one finds one's own place, `priorities` what to show next. A published map has the matrix
    it was computed from, without names and order, and is never rewritten.
    """

    topic = models.OneToOneField(
        Topic, models.PROTECT, primary_key=True, related_name="opinion_map"
    )
    drawn_on = models.DateField()
    stances = models.IntegerField()
    shown = models.JSONField()
    plane = models.JSONField()
    priorities = models.JSONField()
    is_published = models.BooleanField(default=False)
    matrix = models.BinaryField(default=b"")
    file_digest = models.CharField(max_length=80, blank=True)

    def __str__(self) -> str:
        return str(self.topic_id)


class CommonGround(models.Model):
    """What follows from common ground: statements of an ended topic, and what they lead to.

    `goal` is the version of goals that takes it up, where there is one.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="common_ground")
    goal = models.ForeignKey(GoalVersion, models.PROTECT, null=True, related_name="common_ground")
    statements = models.JSONField()
    text = models.CharField(max_length=TAKEN_MAX)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    recorded_on = models.DateField()

    class Meta:
        ordering = ["topic", "id"]

    def __str__(self) -> str:
        return self.text
