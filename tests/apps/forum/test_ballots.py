"""Ballots: one voter one, the last counts; no totals before the close, no way to a voter after."""

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from apps.forum.voted import (
    cast,
    citizen,
    closed,
    enrolled,
    keyer,
    opened,
    unlocked,
)
from gongzhi.core.charter import VISITOR
from gongzhi.core.participating.voting import receipt_digest
from gongzhi.forum import ballot_box
from gongzhi.forum.actions import ballot_papers, ballots, votes
from gongzhi.forum.actions.ballots import PURPOSE, Voter
from gongzhi.forum.models import Ballot, BallotKeying, BallotPaper, BallotReceipt, BoxKeeper
from gongzhi.parties.answer_links import make_answer_link
from gongzhi.parties.deeds import Refused
from gongzhi.parties.models import AnswerLink, Deed, SubjectKey, WaitingRow
from gongzhi.parties.unsuitable import Unsuitable

PEOPLE = 25
LINE = "13800000000"


@pytest.fixture(autouse=True)
def demo(settings):
    """Days can be moved only in a demo."""
    settings.DEMO = True


def token_for(vote, address: str = LINE) -> str:
    token = make_answer_link(
        purpose=PURPOSE,
        about=vote.thing().name,
        channel="sms",
        address=address,
        expires_at=timezone.now() + timedelta(days=1),
    )
    assert token
    return token


def by_link(vote, token: str, *projects: int) -> str:
    given = dict.fromkeys(projects, "on")
    return ballots.cast_ballot(by=VISITOR, vote=vote, given=given, voter=Voter(token=token))


def keyed(polling, number: str, by, *projects: int) -> BallotPaper:
    given = dict.fromkeys(projects, "on")
    return ballot_papers.key_ballot_paper(by=by, vote=polling.vote, number=number, given=given)


def read_whole_tables() -> str:
    """All that somebody reads who reads every row of the database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_stat_user_tables WHERE schemaname = 'public'")
        names = [name for (name,) in cursor.fetchall()]
        told = []
        for name in names:
            cursor.execute(f'SELECT to_jsonb(t)::text FROM "{name}" t')  # noqa: S608 - own names
            told.extend(text for (text,) in cursor.fetchall())
    return "\n".join(told)


# ── one voter, one ballot (S55) ──


@pytest.mark.django_db
def test_s55_voting_anew_replaces_and_gives_the_same_receipt(unit):
    polling = opened(unit)
    first, again = cast(polling, 1, 1), cast(polling, 1, 2)
    assert first == again
    assert Ballot.objects.count() == 1
    for number in range(2, PEOPLE):
        cast(polling, number, 2)
    result = closed(polling)
    assert result.outcome["why"]["1"]["votes"] == 0, "the last one counts"
    assert result.ballots == PEOPLE - 1


@pytest.mark.django_db
def test_s55_by_link_and_by_account_one_human_has_one_ballot(unit):
    polling = opened(unit)
    enrolled(unit, polling.vote, [LINE])
    token = token_for(polling.vote)
    receipt = by_link(polling.vote, token, 1)
    assert by_link(polling.vote, token, 2) == receipt, "the link is good until the end"
    newer = token_for(polling.vote)
    with pytest.raises(Unsuitable):
        by_link(polling.vote, token, 1)
    assert by_link(polling.vote, newer, 3) == receipt
    assert Ballot.objects.count() == 1


@pytest.mark.django_db
def test_who_is_not_on_the_roll_has_no_ballot(unit):
    polling = opened(unit)
    with pytest.raises(Unsuitable):
        cast(polling, 999, 1)
    with pytest.raises(Unsuitable):
        by_link(polling.vote, token_for(polling.vote, "13900000000"), 1)
    with pytest.raises(Unsuitable):
        ballots.cast_ballot(by=VISITOR, vote=polling.vote, given={1: "on"}, voter=Voter())
    assert not Ballot.objects.exists()


@pytest.mark.django_db
def test_s55_a_voter_has_one_ballot_by_constraint(unit):
    polling = opened(unit)
    cast(polling, 1, 1)
    row = Ballot.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Ballot.objects.create(vote=row.vote, voter=row.voter, way="link", sealed=b"x")


@pytest.mark.django_db(transaction=True)
def test_s55_a_hundred_sent_at_once_leave_one(unit):
    polling = opened(unit, people=20)
    ready = Barrier(20)

    def vote(number: int) -> str:
        if number < 20:
            ready.wait()
        try:
            return cast(polling, 1, 1 + number % 4)
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as pool:
        receipts = set(pool.map(vote, range(100)))
    assert len(receipts) == 1
    assert Ballot.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_s55_paper_and_web_at_once_leave_one(unit):
    polling = opened(unit)
    first, second = keyer(unit, 1), keyer(unit, 2)
    name = citizen(1)[1].username
    ballot_papers.issue_ballot_papers(by=first, vote=polling.vote, lines=[name])
    paper = BallotPaper.objects.get()
    keyed(polling, paper.number, first, 2)
    ready = Barrier(2)

    def on_the_web() -> bool:
        ready.wait()
        try:
            cast(polling, 1, 1)
        except Unsuitable:
            return False
        finally:
            connection.close()
        return True

    def on_paper() -> None:
        ready.wait()
        try:
            keyed(polling, paper.number, second, 2)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        for each in (pool.submit(on_the_web), pool.submit(on_paper)):
            each.result()
    assert [each.way for each in Ballot.objects.all()] == ["paper"]


@pytest.mark.django_db(transaction=True)
def test_a_ballot_that_comes_while_the_vote_closes_is_counted_or_refused(unit, monkeypatch):
    """The day is over for whoever closes; ballots that the door let in are in the box."""
    polling = opened(unit)
    for number in range(20):
        cast(polling, number, 1)
    unlocked(polling)
    monkeypatch.setattr(ballots, "business_date", lambda: polling.vote.closes_on)
    ready = Barrier(6)

    def vote(number: int) -> bool:
        ready.wait()
        try:
            cast(polling, 20 + number, 1)
        except (Unsuitable, Refused):
            return False
        finally:
            connection.close()
        return True

    def close():
        ready.wait()
        try:
            return votes.close_vote(by=unit.officer, vote=polling.vote)
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        closing = pool.submit(close)
        taken = sum(pool.map(vote, range(5)))
        result = closing.result()
    assert result.ballots == 20 + taken
    assert not Ballot.objects.exists()


# ── paper ──


@pytest.mark.django_db
def test_two_people_key_a_paper_and_a_third_settles(unit):
    polling = opened(unit, papers=2)
    one, two, three = (keyer(unit, number) for number in range(3))
    assert ballot_papers.issue_ballot_papers(by=one, vote=polling.vote) == 2
    alike, unlike = BallotPaper.objects.all()
    keyed(polling, alike.number, one, 1)
    assert not Ballot.objects.exists(), "once counts nothing"
    with pytest.raises(Unsuitable):
        keyed(polling, alike.number, one, 1)
    assert keyed(polling, alike.number, two, 1).stage == "agreed"
    keyed(polling, unlike.number, one, 1)
    assert keyed(polling, unlike.number, two, 2).stage == "differs"
    with pytest.raises(Unsuitable):
        keyed(polling, unlike.number, three, 3)
    assert keyed(polling, unlike.number, three, 2).stage == "agreed"
    assert Ballot.objects.count() == 2
    assert BallotKeying.objects.count() == 5


@pytest.mark.django_db
def test_s55_a_counted_paper_replaces_the_web_and_closes_it(unit):
    polling = opened(unit)
    cast(polling, 1, 1)
    one, two = keyer(unit, 1), keyer(unit, 2)
    name = citizen(1)[1].username
    ballot_papers.issue_ballot_papers(by=one, vote=polling.vote, lines=[name])
    with pytest.raises(Unsuitable):
        ballot_papers.issue_ballot_papers(by=one, vote=polling.vote, lines=[name])
    paper = BallotPaper.objects.get()
    for member in (one, two):
        keyed(polling, paper.number, member, 3)
    assert [each.way for each in Ballot.objects.all()] == ["paper"]
    with pytest.raises(Unsuitable):
        cast(polling, 1, 1)


# ── before the close (S57) ──


@pytest.mark.django_db
def test_s57_before_the_close_no_row_says_what_was_chosen(unit):
    """The same votes for one project or the other leave rows that nobody tells apart."""
    polling = opened(unit)
    one, two = keyer(unit, 1), keyer(unit, 2)
    told = []
    for project in (1, 4):
        for number in range(10):
            cast(polling, number, project)
        told.append(sorted(len(bytes(each.sealed)) for each in Ballot.objects.all()))
        assert len({bytes(each.sealed)[:32] for each in Ballot.objects.all()}) == 10
    assert told[0] == told[1]
    assert len(set(told[0])) == 1, "a ballot of any length has one size"
    cast(polling, 3, 1, 2, 3, 4)
    assert {len(bytes(each.sealed)) for each in Ballot.objects.all()} == set(told[0])
    ballot_papers.issue_ballot_papers(by=one, vote=polling.vote, lines=[citizen(1)[1].username])
    keyed(polling, BallotPaper.objects.get().number, two, 4)
    assert '"projects"' not in read_whole_tables()
    assert not Deed.objects.filter(verb="cast_ballot").exists()
    assert not WaitingRow.objects.exists()


@pytest.mark.django_db
def test_s57_database_and_key_of_the_installation_together_open_no_ballot(unit):
    polling = opened(unit)
    cast(polling, 1, 1)
    assert ballot_box.private_key(polling.vote) is None
    unlocked(polling, count=1)
    assert ballot_box.private_key(polling.vote) is None, "one keeper alone is not enough"
    unlocked(polling, count=2)
    private = ballot_box.private_key(polling.vote)
    assert ballot_box.taken_out(Ballot.objects.get(), private).projects == (1,)


@pytest.mark.django_db
def test_a_ballot_moved_to_another_voter_opens_no_more_and_is_counted_as_spoilt(unit):
    polling = opened(unit)
    for number in range(22):
        cast(polling, number, 1)
    one, other = Ballot.objects.all()[:2]
    Ballot.objects.filter(pk=one.pk).update(sealed=bytes(other.sealed))
    result = closed(polling)
    assert (result.ballots, result.spoilt) == (21, 1)


# ── after the close (S58, S59) ──


@pytest.mark.django_db
def test_s58_at_the_close_box_keys_and_links_are_gone_and_ballots_enter_as_one_batch(unit):
    polling = opened(unit)
    enrolled(unit, polling.vote, [LINE])
    by_link(polling.vote, token_for(polling.vote), 1)
    for number in range(PEOPLE):
        cast(polling, number, 1)
    closed(polling)
    assert not Ballot.objects.exists()
    assert not AnswerLink.objects.exists()
    assert not SubjectKey.objects.filter(subject__startswith="voters:").exists()
    assert not BoxKeeper.objects.exclude(share=None, released=None).exists()
    entry = Deed.objects.get(verb="close_batch", public__closed=polling.vote.thing().name)
    assert (entry.party, entry.person) == ("system", None)


@pytest.mark.django_db
def test_s58_an_attacker_who_reads_everything_links_no_better_than_by_chance(unit):
    """People vote one after the other, in an order and for projects that the attacker knows of.

    The attacker tries every order that the database still has: of rows and their identifiers, of
    transactions, of the batch in the log, of receipts; and guesses that the nth is the nth's.
    """
    polling = opened(unit, people=40)
    chance = random.Random(58)  # noqa: S311 - the same in every run
    said = {number: 1 + chance.randrange(4) for number in range(40)}
    receipts = {number: cast(polling, number, said[number]) for number in said}
    closed(polling)
    batch = Deed.objects.get(verb="close_batch", public__closed=polling.vote.thing().name)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT records FROM parties_batchbundle WHERE deed_id = %s ORDER BY number",
            [batch.pk],
        )
        whole = b"".join(bytes(each) for (each,) in cursor.fetchall())
    placed = [int(part.split(b"]")[0]) for part in whole.split(b'"chosen":[')[1:]]
    assert sorted(placed) == sorted(said.values())
    digests = list(BallotReceipt.objects.order_by("row").values_list("digest", flat=True))
    by_receipt = [digests.index(receipt_digest(receipts[number])) for number in said]
    guesses = {
        "row order": placed,
        "reversed": placed[::-1],
        "order of receipts": [placed[at] for at in by_receipt],
    }
    most = max(placed.count(project) for project in set(placed))
    for name, guess in guesses.items():
        right = sum(each == said[number] for number, each in enumerate(guess))
        assert right <= most + 8, name  # 40 coins of four sides; 5 % beyond chance and its spread
    rows = read_whole_tables()
    for receipt in receipts.values():
        assert rows.count(receipt_digest(receipt)) == 1, "in the list of receipts alone"
        assert receipt not in rows


@pytest.mark.django_db
def test_s58_log_and_database_keep_no_moment_of_a_ballot(unit):
    polling = opened(unit)
    for number in range(22):
        cast(polling, number, 1)
    closed(polling)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(DISTINCT xmin::text) FROM forum_ballotreceipt")
        assert cursor.fetchone() == (1,), "one transaction for all: none tells when it came"


@pytest.mark.django_db
def test_s59_a_receipt_is_in_the_list_and_says_nothing_of_the_choice(unit):
    polling = opened(unit)
    mine = cast(polling, 1, 1)
    assert cast(polling, 1, 4) == mine, "nobody sees in it that somebody voted anew"
    for number in range(2, 22):
        cast(polling, number, 2)
    closed(polling)
    digests = list(BallotReceipt.objects.order_by("row").values_list("digest", flat=True))
    assert receipt_digest(mine) in digests
    assert digests == sorted(digests), "in their own order, which has nothing of the ballots'"
    assert len(digests) == 21
