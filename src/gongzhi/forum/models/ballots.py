"""The ballot box of a vote: sealed ballots, the keys of those who keep it, paper ballots.

While a vote is open each ballot stands beside a digest of its voter, so that the last one counts;
it is sealed with a key that no machine has: its halves are locked with the keepers' phrases. At
the close ballots come out shuffled, and box, digests and keys are destroyed.
"""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongzhi.core.participating.voting import Way
from gongzhi.forum.models.votes import Vote
from gongzhi.forum.models.voting_rolls import RollEntry
from gongzhi.forum.paper_numbers import PAPER_DIGITS
from gongzhi.parties.models import Office, Person
from gongzhi.trust.identifiers import new_id

DIGEST_CHARACTERS = 64


class BoxKeeper(models.Model):
    """Somebody who keeps a part of the box's key: `share` is locked with their phrase alone.

    `released` is the share after they gave their phrase, locked with the installation's key until
    the box is opened; both are emptied at the close.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    vote = models.ForeignKey(Vote, models.PROTECT, related_name="keepers")
    place = models.PositiveSmallIntegerField()
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    public_key = models.BinaryField(max_length=32)
    share = models.BinaryField(null=True)
    released = models.BinaryField(null=True)
    kept_on = models.DateField()
    released_on = models.DateField(null=True)

    class Meta:
        ordering = ["vote", "place"]
        constraints = [
            models.UniqueConstraint(name="one_keeper_a_person", fields=["vote", "person"]),
            models.UniqueConstraint(name="one_keeper_a_place", fields=["vote", "place"]),
        ]

    def __str__(self) -> str:
        return f"{self.vote_id} {self.place}"


class BallotBox(models.Model):
    """The key that seals the ballots of a vote; with it nobody opens one."""

    vote = models.OneToOneField(Vote, models.PROTECT, primary_key=True, related_name="box")
    public_key = models.BinaryField(max_length=32)
    needed = models.PositiveSmallIntegerField()

    def __str__(self) -> str:
        return f"{self.vote_id}"


class Ballot(models.Model):
    """A sealed ballot beside the digest of its voter, until the close; then it is gone."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    vote = models.ForeignKey(Vote, models.PROTECT, related_name="ballots", db_index=False)
    voter = models.CharField(max_length=DIGEST_CHARACTERS)
    way = models.CharField(max_length=10, choices=[(way.value, way.value) for way in Way])
    sealed = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_voter_one_ballot", fields=["vote", "voter"])
        ]

    def __str__(self) -> str:
        return f"{self.vote_id}"


class BallotReceipt(models.Model):
    """That a ballot was counted, nobody knows whose: the digest of its receipt, and its row."""

    vote = models.ForeignKey(Vote, models.PROTECT, related_name="receipts", db_index=False)
    digest = models.CharField(max_length=DIGEST_CHARACTERS)
    row = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_receipt_a_ballot", fields=["vote", "digest"])
        ]

    def __str__(self) -> str:
        return f"{self.vote_id} {self.row}"


class BallotPaper(models.Model):
    """A printed ballot with its number, whose voter it is for, and how far keying it in got."""

    class Stage(models.TextChoices):
        """How far keying it in got."""

        PRINTED = "printed", _("已印出")
        KEYED = "keyed", _("录入一次，待第二人录入")
        DIFFERS = "differs", _("两次录入不一致，待第三人看原件录入")
        AGREED = "agreed", _("已计入")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    vote = models.ForeignKey(Vote, models.PROTECT, related_name="papers")
    entry = models.OneToOneField(RollEntry, models.PROTECT, related_name="paper")
    number = models.CharField(max_length=PAPER_DIGITS)
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.PRINTED)

    class Meta:
        ordering = ["vote", "number"]
        constraints = [
            models.UniqueConstraint(name="one_ballot_paper_a_number", fields=["vote", "number"]),
            models.CheckConstraint(
                name="ballot_paper_stage_is_known",
                condition=Q(stage__in=["printed", "keyed", "differs", "agreed"]),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class BallotKeying(models.Model):
    """That somebody keyed a paper in; of what, a keyed digest that tells only whether two agree."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    paper = models.ForeignKey(BallotPaper, models.PROTECT, related_name="keyings")
    position = models.PositiveSmallIntegerField()
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=DIGEST_CHARACTERS)
    keyed_on = models.DateField()

    class Meta:
        ordering = ["paper", "position"]
        constraints = [
            models.UniqueConstraint(name="ballots_are_keyed_by_others", fields=["paper", "person"]),
            models.UniqueConstraint(name="one_ballot_keying_a_place", fields=["paper", "position"]),
            models.CheckConstraint(
                name="a_third_settles", condition=Q(position__gte=1, position__lte=3)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.paper} {self.position}"
