"""An old backup, a copy that a party kept, and a log that goes on as the same one."""

from pathlib import Path

import pytest
from django.db import transaction

import city_hall
from apps.parties.casting import member
from apps.trust.backups import back_up, restore
from apps.trust.entries import leave_many
from apps.trust.installation import ask_all, grow
from apps.trust.watchers import GONE, LETTERS, Watchers, watching
from gongzhi.core.ledger.policy import read_policy
from gongzhi.core.ledger.proof import Proven, verdict_on
from gongzhi.parties.actions import witnesses as actions
from gongzhi.parties.auditing import NO_DEED, audit_all
from gongzhi.parties.rejoining import rejoin_log
from gongzhi.trust.auditing import audit
from gongzhi.trust.exporting import export
from gongzhi.trust.models import Quorum, Witness
from gongzhi.trust.policy_changes import CHANGED_SINCE
from gongzhi.trust.proofs import head, proof_of
from gongzhi.trust.publishing import BEHIND
from gongzhi.trust.refusing import LogRefused
from gongzhi.trust.sequencing import sequence
from gongzhi.trust.shelves import Folder

pytestmark = pytest.mark.django_db(transaction=True)


def live(count: int = 1) -> None:
    """So many deeds, numbered and cosigned."""
    grow(count)
    ask_all()


class City:
    """An office that admits witnesses, and five of them."""

    def __init__(self, watchers: Watchers) -> None:
        unit = city_hall.unit("1", within=city_hall.region())
        self.watchers = watchers
        self.issuer = member(unit.organisation, "issuer")
        self.guard = member(unit.organisation, "security_admin")

    def admit(self, letters: str, *, threshold: int) -> None:
        for letter in letters:
            actions.admit_witness(by=self.issuer, candidate=self.watchers.candidate(letter))
        actions.set_quorum(by=self.issuer, threshold=threshold)

    def retire(self, letter: str) -> None:
        actions.retire_witness(by=self.guard, name=f"{letter}.example", reason="丢了")


@pytest.fixture
def city(tmp_path: Path):
    with watching(tmp_path / "witnesses") as watchers:
        yield City(watchers)


def policy_tables() -> list[dict[str, object]]:
    """Witnesses and policies, but for the numbers of rows."""
    rows = [*Witness.objects.order_by("name").values(), *Quorum.objects.values()]
    return [{key: value for key, value in row.items() if key != "id"} for row in rows]


def proved(index: int) -> bool:
    proof, policy = proof_of(index), read_policy(head().policy)
    return isinstance(verdict_on(proof.text.encode(), record=proof.record, policy=policy), Proven)


def test_s65_an_old_backup_stands_still_and_takes_its_witnesses_back_with_its_entries(
    city: City, tmp_path: Path
):
    city.admit("abc", threshold=3)
    live()
    old = back_up()
    city.admit("de", threshold=4)
    city.retire("a")
    live(300)
    export(Folder(tmp_path / "copy"))
    size, policy, tables = head().checkpoint.size, head().policy, policy_tables()

    restore(old)
    with transaction.atomic():
        leave_many(1)
    with pytest.raises(LogRefused) as refused:
        sequence()
    assert refused.value.said.text == BEHIND

    done = rejoin_log(tmp_path / "copy")
    assert (done.size, done.redone.policies) == (size, 4)
    assert policy_tables() == tables
    assert head().policy == policy
    live()
    assert head().unanchored_since is None
    assert "".join(sorted(each.name[0] for each in head().cosigners)) == "bcde"
    assert all(proved(index) for index in (0, size - 1, size))
    assert list(audit()) == []
    assert {said.text for said in audit_all()} == {NO_DEED}, "other tables lost what they lost"


def test_rejoining_twice_brings_nothing_twice(city: City, tmp_path: Path):
    city.admit("abc", threshold=3)
    live()
    export(Folder(tmp_path / "copy"))
    before = policy_tables()
    done = rejoin_log(tmp_path / "copy")
    assert (done.new, done.redone.policies) == (0, 0)
    assert policy_tables() == before


def test_a_policy_that_was_changed_after_the_restore_is_not_mixed_with_what_was_lost(
    city: City, tmp_path: Path
):
    city.admit("abc", threshold=3)
    live()
    old = back_up()
    city.admit("de", threshold=4)
    live()
    export(Folder(tmp_path / "copy"))
    restore(old)
    actions.set_quorum(by=city.issuer, threshold=2)
    before = policy_tables()
    with pytest.raises(LogRefused) as refused:
        rejoin_log(tmp_path / "copy")
    assert refused.value.said.text == CHANGED_SINCE
    assert policy_tables() == before


def test_r20_all_witnesses_know_the_log_that_rejoined(city: City, tmp_path: Path):
    city.admit(LETTERS, threshold=4)
    live()
    old = back_up()
    live(5)
    export(Folder(tmp_path / "copy"))
    restore(old)
    rejoin_log(tmp_path / "copy")
    live()
    assert len(head().cosigners) == len(LETTERS)
    for letter in LETTERS:
        assert list(city.watchers.store(letter).evidence(head().checkpoint.origin)) == []


def test_a_published_folder_brings_back_what_still_waited_for_its_quorum(
    city: City, tmp_path: Path
):
    city.admit(LETTERS, threshold=4)
    live()
    old = back_up()
    for letter in "ab":
        actions.move_witness(by=city.issuer, name=f"{letter}.example", address=GONE)
    live(5)
    size = head().checkpoint.size
    assert head().unanchored_since is not None
    export(Folder(tmp_path / "copy"))
    restore(old)

    assert rejoin_log(tmp_path / "copy").size == size
    live()
    assert head().checkpoint.size == size + 1
