"""A new key of the installation: everything is locked anew, and the old one opens nothing."""

import pytest

from apps.parties.test_batches import entered, rows
from apps.parties.test_unseen import leave_many
from gongzhi.cli import site
from gongzhi.core.charter import SYSTEM
from gongzhi.parties import rekeying
from gongzhi.parties.actions.setting_up import register_person
from gongzhi.parties.auditing import NO_KEY, audit_all
from gongzhi.parties.contacts import add_contact
from gongzhi.parties.erasing import mark_of
from gongzhi.parties.former_keys import FormerKey, former_keys
from gongzhi.parties.identity import human_of
from gongzhi.parties.locked_values import CannotUnlock, unlock
from gongzhi.parties.models import Contact, Deed, Person, SubjectKey, WaitingRow
from gongzhi.parties.rekeying import PLACES, Rekeyed, rekey
from gongzhi.parties.unseen import rows_of
from gongzhi.trust.sequencing import sequence

pytestmark = pytest.mark.django_db
OLD, NEW = "o" * 50, "n" * 50
IDENTITY = "11010519491231002X"


@pytest.fixture(autouse=True)
def both_keys(settings):
    """What was locked with the old key, once both are given."""
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = OLD, []
    person = register_person(by=SYSTEM, username="li", name="李某")
    add_contact(person, channel="email", address="li@example.org")
    human_of(IDENTITY)
    entered(rows(3))
    leave_many(5)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW, [OLD]


def only(settings, key):
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = key, []


def opening():
    """How many locked values open with the keys there are."""
    count = 0
    for place in PLACES:
        for key, value in place.held:
            try:
                unlock(value, bound_to=place.bond(key))
            except CannotUnlock:
                continue
            count += 1
    return count


def test_afterwards_the_new_key_opens_everything_and_the_old_one_nothing(settings):
    found = opening()
    done = rekey()

    # The two keys of digests come with it, and are locked with the new key from the first.
    assert done == Rekeyed(locked=found, found=found + 2, lost=())
    only(settings, NEW)
    assert opening() == found + 2
    sequence()
    assert list(audit_all()) == []
    assert Contact.objects.get().address == "li@example.org"
    assert Deed.objects.get(verb="register_person").kept("person") is not None
    only(settings, OLD)
    assert opening() == 0


def test_done_again_there_is_nothing_left_to_do():
    first = rekey()
    assert rekey() == Rekeyed(locked=0, found=first.found, lost=())
    assert FormerKey.objects.count() == 2


def test_broken_off_anywhere_it_goes_on_where_it_was(monkeypatch, settings):
    """A few rows a time; each time that it locks one more than before it is cut off."""
    monkeypatch.setattr(rekeying, "ROWS_AT_ONCE", 2)
    found, write = opening(), rekeying.Place.write
    left = [1]

    def cut_off(place, fresh):
        if not left[0]:
            raise KeyboardInterrupt
        left[0] -= 1
        write(place, fresh)

    monkeypatch.setattr(rekeying.Place, "write", cut_off)
    with pytest.raises(KeyboardInterrupt):
        rekey()
    assert opening() == found + 2
    monkeypatch.setattr(rekeying.Place, "write", write)
    assert rekey().lost == ()
    only(settings, NEW)
    assert opening() == found + 2


def test_rows_that_wait_are_what_they_were_and_lie_in_no_order_of_arrival():
    before = dict(zip(waiting(), rows_of(waiting()), strict=True))
    rekey()
    assert dict(zip(waiting(), rows_of(waiting()), strict=True)) == before


def waiting():
    return sorted(WaitingRow.objects.values_list("pk", flat=True))


def test_a_human_is_known_again_without_the_old_key(settings):
    only(settings, OLD)
    known = human_of(IDENTITY)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW, [OLD]
    rekey()
    only(settings, NEW)
    assert human_of(IDENTITY) == known


def test_the_mark_of_somebody_erased_is_known_again_without_the_old_key(settings):
    person = Person.objects.get()
    only(settings, OLD)
    mark = mark_of(person)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW, [OLD]
    rekey()
    only(settings, NEW)
    assert mark in marks_of(person)


def marks_of(person):
    keys = former_keys(FormerKey.Purpose.ERASED)
    return {mark_of(person, key=key) for key in keys}


def test_what_neither_key_opens_is_named_and_stays(settings):
    SubjectKey.objects.filter(subject="system").update(locked_key=b"x" * 60)
    done = rekey()
    assert [said.values["row"] for said in done.lost] == ["system"]
    assert bytes(SubjectKey.objects.get(subject="system").locked_key) == b"x" * 60


def test_the_audit_says_that_it_has_not_the_key(settings):
    sequence()
    only(settings, NEW)
    assert [said.text for said in audit_all()] == [NO_KEY]


def test_the_command_says_what_it_did_and_asks_for_both_keys(settings, monkeypatch, capsys):
    monkeypatch.setenv("DATABASE_URL", "postgresql:///the-one-of-the-tests")
    assert site.main(["ledger", "rekey"]) == 0
    assert "旧密钥不再需要" in capsys.readouterr().out
    only(settings, NEW)
    assert site.main(["ledger", "rekey"]) == 2
    assert "GONGZHI_SECRET_KEY_BEFORE" in capsys.readouterr().err
