"""The rules change only by an amendment: proposed, commented, found lawful, issued, sealed."""

import threading
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import ProtectedError

import city_hall
from gongzhi.core.charter import SYSTEM, BadCharter, Member, PartyKind
from gongzhi.core.charter.amending import Changes, PolicyChange
from gongzhi.core.sealed import canonical, digest
from gongzhi.parties.actions.amending import (
    OutOfDate,
    Overtaken,
    comment_amendment,
    issue_amendment,
    propose_amendment,
    propose_drafting,
    review_amendment,
    revise_amendment,
    withdraw_amendment,
)
from gongzhi.parties.actions.charter import NotInOrder
from gongzhi.parties.actions.setting_up import move_business_date, register_person
from gongzhi.parties.adoption import newest_version
from gongzhi.parties.business_date import business_date
from gongzhi.parties.charter_lookup import charter_in_force
from gongzhi.parties.deeds import AlreadyDone, Refused, may
from gongzhi.parties.models import (
    Amendment,
    AmendmentText,
    CharterVersion,
    Deed,
    RefusedDeed,
)
from gongzhi.parties.proposals import proposal
from gongzhi.parties.waiting import waiting_for
from verified import verified

pytestmark = pytest.mark.django_db
EDITORS = 50
PAPER = {"authority": "某市人民政府", "document_number": "某政发〔2026〕2号"}
OPINION = {"opinion": "与预算法一致", "document_number": "某司审〔2026〕1号"}


def explained_by(*roles: str) -> Changes:
    """Findings are explained by whoever holds one of these roles."""
    held = " || ".join(f'principal.roles.contains("{role}")' for role in roles)
    source = f"""@id("unit-explains") @clause("4.6")
permit (principal in Party::"unit", action == Action::"explain_finding", resource)
when {{ principal in resource.owner && resource.stage == "published" && ({held}) }};"""
    return Changes(policies={"unit-explains": PolicyChange(file="unit.cedar", source=source)})


def loosened() -> Changes:
    """Whoever reviews publication may explain findings too."""
    return explained_by("officer", "reviewer")


def taken_away() -> Changes:
    """Officers explain findings no more."""
    return explained_by("reviewer")


def clause(number: str) -> dict:
    clauses = charter_in_force().texts.clauses
    return dict(next(entry for entry in clauses if entry["number"] == number))


class Hall:
    """Who takes part in changing the rules, and what they do."""

    def __init__(self) -> None:
        self.region = city_hall.region()
        self.unit = city_hall.unit("1", within=self.region)
        self.other = city_hall.unit("2", within=self.region)
        self.legal = verified(city_hall.office(self.other.organisation, "legal", "legal"))
        self.issuer = verified(city_hall.office(self.other.organisation, "issuer", "issuer"))
        person = register_person(by=SYSTEM, username="li", name="李某")
        self.citizen = Member(kind=PartyKind.CITIZEN, person=str(person.pk))

    @property
    def proposer(self) -> Member:
        return self.unit.officer

    def propose(self, by: Member | None = None, changes: Changes | None = None) -> Amendment:
        base = newest_version()
        assert base is not None
        return propose_amendment(
            by=by or self.proposer,
            base=base,
            title="放宽说明问题",
            changes=changes or loosened(),
            reason="审查岗也了解情况",
        )

    def reviewed(self, changes: Changes | None = None) -> Amendment:
        amendment = self.propose(changes=changes)
        review_amendment(by=self.legal, amendment=amendment, revision=1, passes=True, **OPINION)
        after_comments(amendment)
        return amendment

    def issue(self, amendment: Amendment, **other: object) -> CharterVersion:
        given = {**PAPER, "in_force_from": business_date(), "answer": "", **other}
        return issue_amendment(by=self.issuer, amendment=amendment, **given)


def after_comments(amendment: Amendment) -> None:
    move_business_date(to=amendment.comments_until + timedelta(1))


@pytest.fixture
def hall(settings) -> Hall:
    settings.DEMO = True
    return Hall()


def test_an_issued_amendment_is_the_next_version_and_its_rights_hold(hall):
    version = city_hall.published(hall.unit)
    assert not may(hall.unit.reviewer, "explain_finding", version)

    made = hall.issue(hall.reviewed())

    assert (made.number, made.document_number) == (2, PAPER["document_number"])
    assert may(hall.unit.reviewer, "explain_finding", version)


def test_a_version_holds_from_its_day(hall):
    version = city_hall.published(hall.unit)
    amendment = hall.reviewed()
    tomorrow = business_date() + timedelta(1)

    hall.issue(amendment, in_force_from=tomorrow)

    assert not may(hall.unit.reviewer, "explain_finding", version)
    move_business_date(to=tomorrow)
    assert may(hall.unit.reviewer, "explain_finding", version)


def test_a_right_taken_away_is_dead_with_the_version(hall):
    version = city_hall.published(hall.unit)
    assert may(hall.unit.officer, "explain_finding", version)

    hall.issue(hall.reviewed(taken_away()))

    assert not may(hall.unit.officer, "explain_finding", version)


def test_issuing_is_sealed_with_text_document_and_changed_rights(hall):
    amendment = hall.reviewed()
    made = hall.issue(amendment)

    stated = Deed.objects.get(verb="issue_amendment").public
    proposed = Deed.objects.get(verb="propose_amendment").public

    assert stated["number"] == 2
    assert stated["digest"] == made.digest == digest(canonical(made.texts))
    assert stated["rights"] == proposed["rights"]
    assert proposed["changes"] == amendment.text().digest


def test_s08_the_changed_rights_are_computed_before_anybody_decides(hall):
    amendment = hall.propose()

    changed = proposal(amendment.base, amendment.text().proposed()).rights

    assert {each.verb for each in changed} == {"explain_finding"}
    assert {each.party for each in changed} >= {"government", "social"}


DRAFTING = 'action == Action::"draft_form", resource)'
AS_OFFICER = 'when { principal.roles.contains("officer") }'
EVERYTHING = (
    '@id("all") @clause("4.6") permit (principal in Party::"unit", action, resource);',
    f'@id("all") @clause("4.6") permit (principal in Party::"unit", {DRAFTING};',
    f'@id("all") permit (principal in Party::"unit", {DRAFTING} {AS_OFFICER};',
    f'@id("all") @clause("4.6") permit (principal, {DRAFTING} {AS_OFFICER};',
    f'@id("all") @clause("99.1") permit (principal in Party::"unit", {DRAFTING} {AS_OFFICER};',
    "nonsense",
)


@pytest.mark.parametrize("source", EVERYTHING)
def test_s08_a_right_without_limit_or_clause_cannot_even_be_proposed(hall, source):
    grab = Changes(policies={"all": PolicyChange(file="unit.cedar", source=source)})

    with pytest.raises(BadCharter) as refused:
        hall.propose(changes=grab)

    assert refused.value.problems
    assert not Amendment.objects.exists()


def test_s08_a_protected_forbid_and_its_clause_stay(hall):
    gone = PolicyChange(file="protected.cedar", source=None)
    for changes in (
        Changes(policies={"nobody-judges-their-own-work": gone}),
        Changes(clauses={"3.3": None}),
        Changes(clauses={"11.8": {**clause("11.8"), "protected": False}}),
    ):
        with pytest.raises(BadCharter):
            hall.propose(changes=changes)


def test_what_changes_nothing_is_no_amendment(hall):
    with pytest.raises(NotInOrder):
        hall.propose(changes=Changes(clauses={"4.6": clause("4.6")}))


def test_nothing_is_issued_before_a_favourable_review(hall):
    amendment = hall.propose()
    after_comments(amendment)
    with pytest.raises(Refused):
        hall.issue(amendment)

    review_amendment(by=hall.legal, amendment=amendment, revision=1, passes=False, **OPINION)

    assert amendment.stage == "returned"
    with pytest.raises(Refused):
        hall.issue(amendment)
    assert CharterVersion.objects.count() == 1


def test_nothing_is_issued_while_comments_are_open(hall):
    amendment = hall.propose()
    review_amendment(by=hall.legal, amendment=amendment, revision=1, passes=True, **OPINION)
    move_business_date(to=amendment.comments_until)

    with pytest.raises(Refused) as refused:
        hall.issue(amendment)

    assert refused.value.clauses == ("11.4",)
    assert RefusedDeed.objects.filter(verb="issue_amendment").exists()
    assert (amendment.comments_until - amendment.proposed_on).days == 30


def test_a_revision_begins_the_time_for_comments_and_the_review_anew(hall):
    amendment = hall.reviewed()
    until = amendment.comments_until

    revise_amendment(
        by=hall.proposer, amendment=amendment, revision=1, changes=taken_away(), reason="改"
    )

    assert (amendment.stage, amendment.revision) == ("open", 2)
    assert amendment.comments_until > until
    with pytest.raises(Refused):
        hall.issue(amendment)


def test_the_review_is_of_the_text_that_was_read(hall):
    amendment = hall.propose()
    revise_amendment(
        by=hall.proposer, amendment=amendment, revision=1, changes=taken_away(), reason="改"
    )

    with pytest.raises(Overtaken) as overtaken:
        review_amendment(by=hall.legal, amendment=amendment, revision=1, passes=True, **OPINION)

    assert overtaken.value.now.revision == 2


def test_s07_nobody_reviews_what_they_proposed_or_issues_what_they_reviewed(hall):
    both = replace(hall.legal, roles=frozenset({"legal", "issuer"}))
    own = hall.propose(by=both)
    with pytest.raises(Refused) as refused:
        review_amendment(by=both, amendment=own, revision=1, passes=True, **OPINION)
    assert refused.value.clauses == ("3.3",)

    amendment = hall.propose()
    review_amendment(by=both, amendment=amendment, revision=1, passes=True, **OPINION)
    after_comments(amendment)
    with pytest.raises(Refused) as refused:
        issue_amendment(
            by=both, amendment=amendment, in_force_from=business_date(), answer="", **PAPER
        )
    assert refused.value.clauses == ("3.3",)


def test_s17_only_the_proposer_revises_or_withdraws(hall):
    amendment = hall.propose()
    for member in (hall.other.officer, hall.citizen, hall.legal, hall.issuer):
        with pytest.raises(Refused):
            revise_amendment(
                by=member, amendment=amendment, revision=1, changes=taken_away(), reason="改"
            )
        with pytest.raises(Refused):
            withdraw_amendment(by=member, amendment=amendment)

    withdraw_amendment(by=hall.unit.reviewer, amendment=amendment)  # of the same organisation

    assert Amendment.objects.get().stage == "withdrawn"


def test_a_citizen_proposes_and_keeps_what_they_proposed(hall):
    amendment = hall.propose(by=hall.citizen)
    stranger = register_person(by=SYSTEM, username="wang", name="王某")

    assert may(hall.citizen, "revise_amendment", amendment)
    other = Member(kind=PartyKind.CITIZEN, person=str(stranger.pk))
    assert not may(other, "revise_amendment", amendment)
    assert not may(other, "withdraw_amendment", amendment)


def test_s10_what_was_issued_is_not_issued_again(hall):
    amendment = hall.reviewed()
    hall.issue(amendment)

    with pytest.raises(Refused) as refused:
        hall.issue(amendment)

    assert refused.value.clauses == ("11.8",)
    assert CharterVersion.objects.count() == 2


def test_s10_an_amendment_of_an_older_version_is_not_issued(hall):
    older = hall.propose(changes=taken_away())
    review_amendment(by=hall.legal, amendment=older, revision=1, passes=True, **OPINION)
    newer = hall.reviewed()
    hall.issue(newer)
    after_comments(newer)

    with pytest.raises(OutOfDate) as refused:
        hall.issue(older)

    assert refused.value.newest.number == 2


def test_s10_what_was_decided_is_neither_changed_nor_removed_nor_numbered_twice(hall):
    hall.propose()
    version = CharterVersion.objects.get()
    again = {"texts": {}, "digest": "sha256:0", "in_force_from": date(2026, 1, 1)}
    for change in (
        lambda: CharterVersion.objects.update(in_force_from=date(2030, 1, 1)),
        version.delete,
        lambda: CharterVersion.objects.create(number=1, **again),
        lambda: AmendmentText.objects.update(reason="改"),
        lambda: AmendmentText.objects.all().delete(),
        lambda: Amendment.objects.update(title="改"),
        lambda: Amendment.objects.all().delete(),
    ):
        with pytest.raises((DatabaseError, ProtectedError)), transaction.atomic():
            change()


def test_a_version_is_in_force_from_no_day_that_is_past(hall):
    amendment = hall.reviewed()

    with pytest.raises(NotInOrder):
        hall.issue(amendment, in_force_from=business_date() - timedelta(1))
    with pytest.raises(NotInOrder):
        hall.issue(amendment, document_number=" ")


def test_comments_are_answered_when_the_amendment_is_issued(hall):
    amendment = hall.propose()
    for member in (hall.citizen, hall.other.officer):
        comment_amendment(by=member, amendment=amendment, text="同意")
    review_amendment(by=hall.legal, amendment=amendment, revision=1, passes=True, **OPINION)
    after_comments(amendment)

    with pytest.raises(NotInOrder):
        hall.issue(amendment)
    made = hall.issue(amendment, answer="两条意见都已采纳")

    assert made.answer == "两条意见都已采纳"
    assert "同意" not in str([deed.public for deed in Deed.objects.all()])


def test_a_form_sent_twice_comments_once(hall):
    amendment = hall.propose()
    comment_amendment(by=hall.citizen, amendment=amendment, text="同意", key="k")
    with pytest.raises(AlreadyDone):
        comment_amendment(by=hall.citizen, amendment=amendment, text="同意", key="k")
    assert amendment.comments.count() == 1


def test_a_gap_becomes_a_proposal_and_then_a_text(hall):
    base = newest_version()
    gap = {"kind": "clause", "clause": "9.1"}

    amendment = propose_drafting(
        by=hall.proposer, base=base, gap=gap, title="补依据", reason="第 9.1 条没有来源"
    )
    assert (amendment.stage, amendment.gap, amendment.comments_until) == ("drafting", gap, None)
    assert not may(hall.legal, "review_amendment", amendment)

    revise_amendment(
        by=hall.proposer, amendment=amendment, revision=1, changes=loosened(), reason="写明"
    )

    assert (amendment.stage, amendment.revision) == ("open", 2)


def test_everybody_reads_amendments_and_comments(hall):
    amendment = hall.propose()
    comment_amendment(by=hall.citizen, amendment=amendment, text="同意")
    visitor = Member(kind=PartyKind.VISITOR)

    assert list(Amendment.objects.visible_to(visitor)) == [amendment]
    assert list(amendment.comments.visible_to(visitor)) == list(amendment.comments.all())
    assert list(CharterVersion.objects.visible_to(visitor)) == [newest_version()]


def waits(member: Member) -> list[tuple[str, date | None]]:
    return [(w.verb, w.due_on) for w in waiting_for(member, today=business_date())]


def test_an_amendment_waits_for_whose_turn_it_is(hall):
    amendment = hall.propose()
    (verb, due) = waits(hall.legal)[0]
    assert verb == "review_amendment"
    assert due is not None
    assert due > business_date() + timedelta(14)  # fifteen working days
    assert waits(hall.issuer) == waits(hall.proposer) == []

    review_amendment(by=hall.legal, amendment=amendment, revision=1, passes=False, **OPINION)
    assert waits(hall.proposer) == [("revise_amendment", None)]
    assert waits(hall.legal) == waits(hall.other.officer) == []

    revise_amendment(
        by=hall.proposer, amendment=amendment, revision=1, changes=taken_away(), reason="改"
    )
    review_amendment(by=hall.legal, amendment=amendment, revision=2, passes=True, **OPINION)
    assert waits(hall.issuer) == []  # the time for comments still runs
    after_comments(amendment)
    assert waits(hall.issuer) == [("issue_amendment", None)]


def revise_at_once(amendment: Amendment, members: list[Member]) -> tuple[list[str], list[str]]:
    """All at the same moment, each with a reason: the reasons kept, and what the others saw."""
    kept: list[str] = []
    seen: list[str] = []
    together = threading.Barrier(len(members))

    def revise(member: Member, number: int) -> None:
        own = Amendment.objects.get(pk=amendment.pk)
        together.wait()
        try:
            revise_amendment(
                by=member, amendment=own, revision=1, changes=loosened(), reason=f"理由{number}"
            )
            kept.append(f"理由{number}")
        except Overtaken as overtaken:
            seen.append(overtaken.now.reason)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=revise, args=(member, number))
        for number, member in enumerate(members)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return kept, seen


@pytest.mark.django_db(transaction=True)
def test_r08_of_many_editors_one_wins_and_the_others_see_both_texts(hall, deep):
    amendment = hall.propose()
    editors = [hall.proposer] * (EDITORS if deep else 8)

    (winner,), seen = revise_at_once(amendment, editors)

    assert seen == [winner] * (len(editors) - 1)
    assert list(amendment.texts.values_list("revision", "reason")) == [
        (2, winner),
        (1, "审查岗也了解情况"),
    ]


@pytest.mark.django_db(transaction=True)
def test_s10_of_two_issued_at_once_one_is_the_next_version(hall):
    amendments = [hall.propose(), hall.propose(changes=taken_away())]
    for amendment in amendments:
        review_amendment(by=hall.legal, amendment=amendment, revision=1, passes=True, **OPINION)
    after_comments(amendments[1])
    outcomes: list[str] = []
    together = threading.Barrier(2)

    def issue(amendment: Amendment) -> None:
        together.wait()
        try:
            hall.issue(amendment)
            outcomes.append("issued")
        except OutOfDate:
            outcomes.append("late")
        finally:
            connection.close()

    threads = [threading.Thread(target=issue, args=(each,)) for each in amendments]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["issued", "late"]
    assert CharterVersion.objects.count() == 2
