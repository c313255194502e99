"""Casting a ballot: each voter one, the last counts; nobody learns whose it is, or what it says.

A voter comes signed in or by a link; the roll says who may. The row of the roll is held while the
ballot goes in, so that a hundred sent at once leave one.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from gongzhi.core.charter import Member
from gongzhi.core.participating.voting import (
    Choice,
    Listed,
    Way,
    choice_of,
    receipt_of,
    tidy_receipt,
)
from gongzhi.core.terms import Said
from gongzhi.forum import ballot_box
from gongzhi.forum.actions.survey_invitations import CANNOT_SEND, reached_at, send_link
from gongzhi.forum.actions.voting_rolls import entries_of, names_of_contact, names_of_person
from gongzhi.forum.held_open import is_held_open
from gongzhi.forum.models import BallotPaper, BoxKeeper, RollEntry, Vote
from gongzhi.forum.own import office_of, person_of
from gongzhi.forum.phases import keep_to_the_phase
from gongzhi.parties.answer_links import open_answer_link
from gongzhi.parties.business_date import business_date
from gongzhi.parties.contact_digests import contact_digest
from gongzhi.parties.deeds import act, act_unseen
from gongzhi.parties.models import Person
from gongzhi.parties.sending import can_send
from gongzhi.parties.unsuitable import Unsuitable
from gongzhi.rules.participation.votes import load_votes

PURPOSE = "ballot"
NOT_OPEN = Said("现在不在投票期间")
NO_VOICE = Said("请先登录，或者凭短信、邮件里的链接投票")
NOT_ON_ROLL = Said("您不在这次投票的名册上；名册上有误的，请联系组织投票的单位")
LINK_OVER = Said("这个链接换过新的或者过期了，请重新索取")
PAPER_COUNTED = Said("您的纸质选票已经计入，不再在网上投")
NO_ADDRESS = Said("请写手机号或者邮箱")
KEEPERS_FULL = Said("票箱已经有 {most} 人保管钥匙")
KEEPING_ALREADY = Said("您已经保管一把钥匙")
NOT_A_KEEPER = Said("您不保管这个票箱的钥匙")
TOO_EARLY = Said("过了 {day} 才能交出钥匙")
WRONG_PHRASE = Said("口令不对，请逐组核对")


@dataclass(frozen=True, slots=True, kw_only=True)
class Voter:
    """By which right somebody votes: a link's token, or an account."""

    token: str = ""
    person: Person | None = None


def cast_ballot(*, by: Member, vote: Vote, given: Mapping[int, str], voter: Voter) -> str:
    """Put a ballot into the box, in place of the one before; returns the receipt.

    Raises Unsuitable by project where the ballot doesn't fit, or where the roll has nobody such.
    """
    thing = vote.thing()
    with act_unseen(by, "cast_ballot", on=thing, closes_with=thing) as record:
        record.kept_apart = True  # in the box, where the next one replaces it
        today = business_date()
        if not is_held_open(vote, today=today):
            raise Unsuitable({"": NOT_OPEN})
        keep_to_the_phase(by, "cast_ballot", on=vote, process=vote.process, today=today)
        listed = vote.listed()
        choice = fitting_choice(vote, given, listed)
        entries, way = _held_entries(vote, voter)
        known = ballot_box.known_voter(vote, entries)
        ballot_box.put(vote, choice, voter=known, way=way, projects=len(listed))
    return receipt_of(vote=str(vote.pk), voter=known)


def fitting_choice(vote: Vote, given: Mapping[int, str], listed: Sequence[Listed]) -> Choice:
    """What a ballot chooses of the listed; raises Unsuitable by project where it doesn't fit."""
    choice = choice_of(given, vote.ballot_rules(), listed)
    if isinstance(choice, Choice):
        return choice
    fields = {"" if number is None else f"p{number}": said for number, said in choice.items()}
    raise Unsuitable(fields)


def _held_entries(vote: Vote, voter: Voter) -> tuple[list[RollEntry], str]:
    """The entries of the roll under which somebody stands, held until the ballot is in."""
    if voter.token:
        link = open_answer_link(purpose=PURPOSE, token=voter.token)
        if link is None or link.about != vote.thing().name:
            raise Unsuitable({"": LINK_OVER})
        names, way = names_of_contact(link.contact), Way.LINK
    elif voter.person is not None:
        names, way = names_of_person(voter.person), Way.ACCOUNT
    else:
        raise Unsuitable({"": NO_VOICE})
    held = list(entries_of(vote, names).select_for_update(of=["self"]))
    if not held:
        raise Unsuitable({"": NOT_ON_ROLL})
    counted = BallotPaper.objects.filter(entry__in=held, stage=BallotPaper.Stage.AGREED)
    if counted.exists():
        raise Unsuitable({"": PAPER_COUNTED})
    return held, way


def ask_for_ballot(*, by: Member, vote: Vote, address: str, link: Callable[[str], str]) -> None:
    """Have a link sent to oneself; whether that contact is on the roll, the page doesn't say."""
    with act_unseen(by, "ask_for_ballot", on=vote.thing()) as record:
        if vote.stage != Vote.Stage.OPEN or vote.closes_on < business_date():
            raise Unsuitable({"address": NOT_OPEN})
        reached = reached_at(address)
        if reached is None:
            raise Unsuitable({"address": NO_ADDRESS})
        if not can_send(reached.channel):
            raise Unsuitable({"address": CANNOT_SEND})
        record["vote"] = str(vote.pk)
        names = names_of_contact(contact_digest(reached.channel, reached.address))
        if entries_of(vote, names).exists():
            words = _("%(holder)s 请您投票《%(title)s》，结束前可以改：%(link)s")
            is_sent = send_link(vote, reached, purpose=PURPOSE, words=words, link=link)
            assert is_sent, "links to a vote are never used up"


def keep_box(*, by: Member, vote: Vote, chance: bytes | None = None, key: str | None = None) -> str:
    """Keep a key of the box; returns the phrase, which is shown this once and kept nowhere.

    `chance` is what the phrase is made of where somebody brings their own; usually it is drawn.
    """
    with act(by, "keep_box", on=vote, key=key) as record:
        count, most = vote.keepers.count(), load_votes().keepers_most
        if vote.keepers.filter(person=person_of(by)).exists():
            raise Unsuitable({"": KEEPING_ALREADY})
        if count >= most:
            raise Unsuitable({"": Said(KEEPERS_FULL.text, {"most": most})})
        phrase = ballot_box.phrase_of(chance) if chance else ballot_box.new_phrase()
        public = ballot_box.key_of_phrase(phrase, vote=vote).public_key().public_bytes_raw()
        BoxKeeper.objects.create(
            vote=vote,
            place=count + 1,
            office_id=office_of(by),
            person_id=person_of(by),
            public_key=public,
            kept_on=record.business_date,
        )
        record["place"] = count + 1
    return phrase


def unlock_box(*, by: Member, vote: Vote, phrase: str, key: str | None = None) -> BoxKeeper:
    """Give one's key after the last day; when enough have, the box can be opened."""
    with act(by, "unlock_box", on=vote, key=key) as record:
        keeper: BoxKeeper | None = vote.keepers.filter(person=person_of(by)).first()
        if keeper is None:
            raise Unsuitable({"": NOT_A_KEEPER})
        if record.business_date <= vote.closes_on:
            raise Unsuitable({"": Said(TOO_EARLY.text, {"day": vote.closes_on.isoformat()})})
        try:
            ballot_box.release(keeper, tidy_receipt(phrase))
        except ballot_box.CannotOpen as wrong:
            raise Unsuitable({"phrase": WRONG_PHRASE}) from wrong
        keeper.released_on = record.business_date
        keeper.save(update_fields=["released", "released_on"])
        record["place"] = keeper.place
    return keeper
