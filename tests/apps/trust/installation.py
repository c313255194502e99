"""A whole installation in one hand: deeds, numbers, signatures, files, and a party that looks."""

import json
from collections import Counter
from itertools import chain
from pathlib import Path

from django.db import transaction

from apps.trust.entries import leave_many
from gongzhi.core.ledger.policy import read_policy
from gongzhi.core.ledger.tiles import read_bundle
from gongzhi.trust.cosigning import Cosigning
from gongzhi.trust.exporting import export
from gongzhi.trust.models import Bundle, LogRow
from gongzhi.trust.sequencing import sequence
from gongzhi.trust.shelves import Folder
from gongzhi.witness.mirroring import mirror

QUICK_S = 5.0
DEEDS = 90


class Installation:
    """A log that five witnesses watch, the folder that it publishes, and a party's mirror of it."""

    def __init__(self, folder: Path) -> None:
        self.published, self.copy = folder / "published", folder / "copy"
        self.acknowledged = folder / "acknowledged"
        self.acknowledged.write_text("")
        self.next = 0

    def live(self) -> None:
        """Deeds, numbers, signatures, files: what the programs of an installation do."""
        commit_deeds(self.next)
        with self.acknowledged.open("a") as heard:
            heard.write(f"{self.next}\n")
        self.work()

    def work(self) -> None:
        work(self.published)

    def follow(self) -> int:
        """A party mirrors what is published, checking each step; the size that it saw."""
        policy = read_policy((self.published / "policy").read_text())
        return mirror(str(self.published), self.copy, policy=policy).size


@transaction.atomic(durable=True)
def commit_deeds(first: int) -> None:
    leave_many(DEEDS, first=first)


def grow(count: int = 1, *, first: int = 0) -> None:
    """Leave so many entries and number all that wait."""
    with transaction.atomic():
        leave_many(count, first=first)
    number_all()


def number_all() -> None:
    """Number and sign all that waits."""
    while sequence():
        pass


def ask_all() -> None:
    """Ask every witness once, without patience from before."""
    asking = Cosigning()
    asking.round(wait_s=QUICK_S)
    asking.end()


def work(published: Path) -> None:
    """Numbers, signatures, files, as the programs of an installation make them of what waits."""
    number_all()
    ask_all()
    export(Folder(published))


def numbers() -> Counter[int]:
    """How often each deed stands in the log."""
    bundles = [read_bundle(bytes(bundle.entries)) for bundle in Bundle.objects.all()]
    tail = [bytes(row.entry) for row in LogRow.objects.all()]
    return Counter(json.loads(entry)["public"]["number"] for entry in chain(*bundles, tail))
