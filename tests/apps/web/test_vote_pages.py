"""Votes as pages: published, proposed for, voted in without scripts, counted, recounted at home."""

import json
import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse

import city_hall
from apps.forum.voted import citizen, closed, enrolled, go, opened, ready, started, unlocked
from gongzhi.connectors.pabulib import read_pabulib
from gongzhi.core.balance.voting import count, method_for
from gongzhi.forum.models import Ballot, RollEntry, Vote, VoteProposal
from gongzhi.parties.business_date import business_date
from gongzhi.parties.models import OutgoingMessage
from verified import VerifiedClient, signed_in

pytestmark = pytest.mark.django_db
INBOX = {"sms": "inbox", "email": "inbox"}


@pytest.fixture(autouse=True)
def demo(settings):
    """Days can be moved only in a demo."""
    settings.DEMO = True


def read(client, name, row=None, *, query: str = "", status: int = 200) -> str:
    answer = client.get(reverse(name, args=[row.pk] if row else []) + query)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def post(client, name, row=None, *, status: int = 302, **sent):
    address = reverse(name, args=[row.pk] if row else [])
    answer = client.post(address, {"key": name, **sent})
    assert answer.status_code == status, answer.content.decode()[:3000]
    return answer


def by_citizen(number: int = 1) -> VerifiedClient:
    client = VerifiedClient()
    client.force_login(citizen(number)[1])
    return client


def sent(**changed):
    today = business_date()
    return {
        "title": "社区资金怎样用",
        "scope": "本街道",
        "use": "approved_pool",
        "pool": "社区资金",
        "budget_yuan": "100000",
        "electorate": "居民",
        "least": "20",
        "proposals_until": today + timedelta(days=5),
        "opens_on": today + timedelta(days=9),
        "closes_on": today + timedelta(days=20),
        "ballot": "approval",
        "projects_most": "3",
        "rule": "equal-shares",
        **changed,
    }


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_an_officer_publishes_how_a_vote_is_held(unit, client, language):
    officer = signed_in(unit.officer_office)
    for each in (officer, client):
        each.cookies["django_language"] = language
    assert 'id="start_vote"' in read(officer, "starting-vote")
    post(officer, "start_vote", status=422, **sent(least="1"))
    post(officer, "start_vote", **sent())
    vote = Vote.objects.get()
    told = read(client, "vote", vote)
    assert "100,000.00" in told
    assert "社区资金怎样用" in read(client, "votes")
    read(client, "vote-result", vote, status=404)
    read(client, "ballot-file", vote, status=404)
    read(client, "vote-secrecy")


def test_an_organisation_proposes_and_two_offices_check(unit, other):
    vote = started(unit)
    writer = signed_in(other.officer_office)
    assert 'id="propose_project"' in read(writer, "vote", vote)
    wrong = post(
        writer, "propose_project", vote, status=422, title="亭子", text="公园里", cost_yuan="999"
    )
    assert "100.00" in wrong.content.decode()
    post(writer, "propose_project", vote, title="亭子", text="公园里，老人受益", cost_yuan="60")
    row = VoteProposal.objects.get()
    checked = {"passed": "yes", "reason": "按市场价"}
    first, second = signed_in(unit.officer_office), signed_in(unit.reviewer_office)
    post(first, "check_proposal", row, kind="cost", cost_yuan="55", **checked)
    again = {**checked, "key": "again"}
    post(first, "check_proposal", row, status=422, kind="legality", **again)
    post(second, "check_proposal", row, kind="legality", **checked)
    told = read(writer, "vote-proposal", row)
    assert "55.00" in told
    assert "按市场价" in told


def test_two_officers_change_the_roll(unit, client):
    vote = started(unit)
    first, second = signed_in(unit.officer_office), signed_in(unit.reviewer_office)
    name = citizen(1)[1].username
    post(first, "change_roll", vote, status=422, added="不是号码", reason="登记册")
    post(first, "change_roll", vote, added=f"{name}\n13800000000", papers="2", reason="登记册")
    assert not RollEntry.objects.standing().exists()
    post(first, "decide_roll_change", vote, status=422, confirmed="yes")
    post(second, "decide_roll_change", vote, confirmed="yes")
    assert RollEntry.objects.standing().count() == 4
    told = read(client, "voting-roll", vote)
    assert "登记册" in told
    assert "在名册上，可以投票" in read(by_citizen(1), "voting-roll", vote)
    assert "13800000000" not in told


def test_a_keeper_sees_the_phrase_once_and_gives_it_back(unit):
    vote = started(unit)
    office = city_hall.office(unit.organisation, "keeper")
    keeper = signed_in(office)
    page = post(keeper, "keep_box", vote, status=200).content.decode()
    phrase = re.search(r"(?:[A-Z2-7]{4}-){5}[A-Z2-7]{4}", page)
    assert phrase
    assert phrase[0] not in read(keeper, "vote", vote)
    again = post(keeper, "keep_box", vote, status=422)
    assert phrase[0] not in again.content.decode()


def test_a_citizen_votes_without_scripts_and_votes_anew(unit, client):
    polling = opened(unit)
    voter = by_citizen(1)
    page = read(voter, "voting", polling.vote)
    assert 'name="p4"' in page
    added = post(voter, "cast_ballot", polling.vote, status=200, p1="on", p2="on", add="yes")
    assert not Ballot.objects.exists(), "adding up casts nothing"
    assert "100.00" in added.content.decode()
    nothing = post(voter, "cast_ballot", polling.vote, status=422)
    assert "请至少选一个项目" in nothing.content.decode()
    receipts = {
        re.search(r"(?:[A-Z2-7]{4}-){5}[A-Z2-7]{4}", answer.content.decode())[0]
        for answer in (
            post(voter, "cast_ballot", polling.vote, status=200, p1="on"),
            post(voter, "cast_ballot", polling.vote, status=200, p2="on", p3="on"),
        )
    }
    assert len(receipts) == 1
    assert Ballot.objects.count() == 1
    refused = post(by_citizen(500), "cast_ballot", polling.vote, status=422, p1="on")
    assert "名册" in refused.content.decode()
    assert "登录" in read(client, "voting", polling.vote)


def test_s57_no_page_says_before_the_close_how_many_voted_or_for_what(unit, client):
    """Before and after twenty votes every page of the vote is the same, byte for byte."""
    polling = opened(unit)
    officer = signed_in(unit.officer_office)
    pages = ("vote", "voting", "voting-roll", "ballot-receipts")

    def seen() -> list[str]:
        told = [read(each, name, polling.vote) for each in (client, officer) for name in pages]
        told += [read(each, "votes") for each in (client, officer)]
        return [re.sub(r'value="[\w-]{16,}"|nonce="[^"]+"', "", page) for page in told]

    def lengths() -> list[int]:
        return [len(page) for page in seen()]

    seen()
    before = lengths()
    for number in range(20):
        post(by_citizen(number), "cast_ballot", polling.vote, status=200, p1="on")
    assert lengths() == before
    read(client, "vote-result", polling.vote, status=404)
    read(officer, "ballot-file", polling.vote, status=404)


def test_a_link_by_telephone_is_enough_and_good_until_the_end(unit, client, settings):
    settings.MESSAGE_PROVIDERS = INBOX
    polling = opened(unit)
    enrolled(unit, polling.vote, ["13800000000"])
    post(client, "ask_for_ballot", polling.vote, status=200, address="13900000000")
    assert not OutgoingMessage.objects.exists(), "who isn't on the roll gets none"
    post(client, "ask_for_ballot", polling.vote, status=200, address="13800000000")
    (message,) = OutgoingMessage.objects.all()
    link = re.search(r"link=([\w-]+)", message.taken_out().text)[1]
    assert link in read(client, "voting", polling.vote, query=f"?link={link}")
    for project in ("p1", "p2"):
        post(client, "cast_ballot", polling.vote, status=200, link=link, **{project: "on"})
    assert Ballot.objects.count() == 1
    assert "过期" in read(client, "voting", polling.vote, query="?link=wrong")


def test_paper_ballots_are_printed_and_keyed_by_two(unit, client):
    polling = opened(unit, papers=1)
    first, second = signed_in(unit.officer_office), signed_in(unit.reviewer_office)
    post(first, "issue_ballot_papers", polling.vote)
    pdf = first.get(reverse("paper-ballots", args=[polling.vote.pk]))
    assert pdf.content.startswith(b"%PDF")
    assert client.get(reverse("paper-ballots", args=[polling.vote.pk])).status_code == 200
    number = polling.vote.papers.get().number
    assert number in read(first, "ballot-papers", polling.vote)
    assert number not in read(client, "ballot-papers", polling.vote)
    for each in (first, second):
        post(each, "key_ballot_paper", polling.vote, number=number, p1="on", p3="on")
    assert Ballot.objects.get().way == "paper"


def recounted(file: bytes, words: list[str], *, folder: Path) -> set[str]:
    """What the command of the result page finds in the published file, at home."""
    there = folder / "ballots.pb"
    there.write_bytes(file)
    done = subprocess.run(
        [sys.executable, "-m", "gongzhi", "vote", str(there), *words, "--json"],
        capture_output=True,
        check=True,
    )
    return set(json.loads(done.stdout)["selected"])


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_s60_the_result_is_recounted_from_the_published_file(unit, client, language, tmp_path):
    client.cookies["django_language"] = language
    polling = opened(unit)
    chosen = {n: ({1, 2} if n < 12 else {3, 4} if n < 19 else {2}) for n in range(22)}
    receipt = ""
    for number, projects in chosen.items():
        answer = post(
            by_citizen(number),
            "cast_ballot",
            polling.vote,
            status=200,
            **{f"p{project}": "on" for project in projects},
        )
        receipt = re.search(r"(?:[A-Z2-7]{4}-){5}[A-Z2-7]{4}", answer.content.decode())[0]
    unlocked(polling)
    officer = signed_in(unit.officer_office)
    assert 'id="close_vote"' in read(officer, "vote", polling.vote)
    post(officer, "close_vote", polling.vote)
    told = read(client, "vote-result", polling.vote)
    assert "gongzhi vote" in told
    assert ("就够" if language == "zh-hans" else "would be enough") in told
    file = client.get(reverse("ballot-file", args=[polling.vote.pk])).content
    found = read_pabulib(file)
    assert found.problems == ()
    assert found.vote.election.voters == 22
    again = count(found.vote.election, method_for(found.vote.election.kind))
    won = {str(each.number) for each in polling.vote.proposals.filter(stage="won")}
    assert set(again.selected) == won == set(found.vote.official)
    command = re.search(r"gongzhi vote (\S+) ([^<]+)</code>", told)
    assert recounted(file, command[2].split(), folder=tmp_path) == set(won)
    assert "22" in read(client, "ballot-receipts", polling.vote, query=f"?receipt={receipt}")
    found_it = read(client, "ballot-receipts", polling.vote, query=f"?receipt={receipt}")
    assert "state" in found_it or "notice kept" in found_it
    lost = read(client, "ballot-receipts", polling.vote, query="?receipt=AAAA-AAAA")
    assert "notice watch" in lost
    row = polling.vote.proposals.filter(stage="won").first()
    read(client, "vote-proposal", row)


def test_too_few_ballots_are_said_and_nothing_else(unit, client):
    polling = opened(unit)
    for number in range(3):
        post(by_citizen(number), "cast_ballot", polling.vote, status=200, p1="on")
    closed(polling)
    assert "20" in read(client, "vote", polling.vote)
    read(client, "vote-result", polling.vote, status=404)
    read(client, "ballot-file", polling.vote, status=404)
    read(client, "ballot-receipts", polling.vote)


def test_nothing_is_counted_before_the_last_day_is_over(unit):
    polling = ready(unit)
    officer = signed_in(unit.officer_office)
    post(officer, "open_vote", polling.vote)
    assert 'id="close_vote"' not in read(officer, "vote", polling.vote)
    post(officer, "close_vote", polling.vote, status=422)
    go(polling.vote.closes_on + timedelta(days=1))
    post(officer, "close_vote", polling.vote, status=422)
