"""Disclosing a unit's year: gathered by one, examined by another, published for good."""

import json
from datetime import date

import pytest
from django.db import DatabaseError, transaction

import city_hall
from apps.cycle import monitored
from apps.cycle.disclosed import (
    REVIEW,
    WHY,
    YEAR,
    all_open,
    drafted,
    promising,
    published,
    reviewed,
)
from gongzhi.core.charter import SYSTEM, VISITOR
from gongzhi.core.disclosure.clock import Timeliness
from gongzhi.core.disclosure.content import piece_from_record
from gongzhi.core.sealed import canonical, digest
from gongzhi.cycle.actions import disclosures
from gongzhi.cycle.actions.projects import register_project
from gongzhi.cycle.disclosure_due import duties, waiting_for, waiting_within
from gongzhi.cycle.models import DisclosurePack, PackPiece, Redaction
from gongzhi.parties.deeds import Refused
from gongzhi.parties.models import Deed
from gongzhi.parties.unsuitable import Unsuitable
from verified import verified

pytestmark = pytest.mark.django_db


@pytest.fixture
def promised(region):
    return promising(within=region)


def goals_in(pack: DisclosurePack) -> PackPiece:
    return pack.pieces.get(kind="goals")


def redact(unit, pack, passage="管网", at="goal", **more):
    given = {"ground": "business", "reason": "涉及企业报价", **more}
    return disclosures.redact_passage(
        by=unit.officer,
        pack=pack,
        position=goals_in(pack).position,
        at=at,
        passage=passage,
        **given,
    )


def test_a_pack_holds_what_was_approved_and_nobody_else_sees_it_yet(promised):
    pack = drafted(promised)
    assert set(pack.pieces.values_list("kind", flat=True)) == {"goals", "budget_money"}
    piece = piece_from_record(goals_in(pack).record)
    assert dict(piece.places())["goal"] == "改造管网 100 公里。"
    assert not DisclosurePack.objects.visible_to(VISITOR).exists()
    assert not PackPiece.objects.visible_to(VISITOR).exists()
    assert DisclosurePack.objects.visible_to(promised.officer).exists()


def test_what_is_published_is_read_by_everybody_and_sealed(promised):
    pack = published(promised)
    assert DisclosurePack.objects.visible_to(VISITOR).get() == pack
    shown = PackPiece.objects.visible_to(VISITOR)
    assert shown.count() == pack.pieces.count()
    deed = Deed.objects.get(verb="publish_pack")
    assert deed.public["content"] == pack.digest
    pack.refresh_from_db()
    assert digest(canonical(disclosures.content_of(pack, list(shown)))) == pack.digest


def test_whoever_gathered_a_pack_neither_examines_nor_publishes_it(region):
    unit = promising(within=region)
    both = city_hall.office(unit.organisation, "both", "officer", "reviewer")
    pack = disclosures.draft_pack(
        by=verified(both), organisation=unit.organisation, fiscal_year=YEAR, occasion="budget"
    )
    with pytest.raises(Refused) as refused:
        disclosures.review_pack(
            by=verified(both), pack=pack, decisions=all_open(pack), checked=True, review=REVIEW
        )
    assert "3.3" in refused.value.clauses


def test_nothing_is_published_without_examination(promised):
    pack = drafted(promised)
    with pytest.raises(Refused):
        disclosures.publish_pack(by=promised.reviewer, pack=pack)
    with pytest.raises(Unsuitable) as unsuitable:
        disclosures.review_pack(
            by=promised.reviewer, pack=pack, decisions=all_open(pack), checked=False, review=REVIEW
        )
    assert set(unsuitable.value.faults) == {"checked"}
    with pytest.raises(Unsuitable) as unsuitable:
        reviewed(promised, pack, {goals_in(pack).pk: disclosures.Decision(verdict="cleared")})
    assert set(unsuitable.value.faults) == {"verdict-2"}


def test_an_uncertain_piece_is_referred_and_stays_closed_until_a_document_decides(promised):
    pack = drafted(promised)
    goals = goals_in(pack)
    doubtful = disclosures.Decision(verdict="referred", reason="可能涉及秘密，报保密局")
    decisions = {**all_open(pack), goals.pk: doubtful}
    reviewed(promised, pack, decisions)
    disclosures.publish_pack(by=promised.reviewer, pack=pack)
    shown = PackPiece.objects.visible_to(VISITOR)
    assert list(shown.values_list("kind", flat=True)) == ["budget_money"]

    again = drafted(promised, because=WHY)
    with pytest.raises(Unsuitable) as unsuitable:
        reviewed(promised, again)
    assert set(unsuitable.value.faults) == {"document-1"}
    reviewed(promised, again, all_open(again, document="某保定〔2026〕3号"))
    disclosures.publish_pack(by=promised.reviewer, pack=again)
    assert shown.filter(pack=again, kind="goals").exists()
    assert DisclosurePack.objects.current().get() == again
    assert again.number == 2
    assert DisclosurePack.objects.visible_to(VISITOR).count() == 2  # the first stays


def test_a_passage_that_is_kept_back_is_nowhere_in_what_is_published(promised):
    pack = drafted(promised)
    redaction = redact(promised, pack)
    reviewed(promised, pack)
    disclosures.publish_pack(by=promised.reviewer, pack=pack)
    told = json.dumps([row.record for row in PackPiece.objects.all()], ensure_ascii=False)
    assert "改造［不公开：商业秘密］ 100 公里" in told
    assert "改造管网 " not in told
    assert "涉及企业报价" in told
    assert redaction.passage == "管网"
    assert not Redaction.objects.visible_to(VISITOR).exists()
    assert Redaction.objects.visible_to(promised.officer).get() == redaction
    assert "管网" not in json.dumps(
        list(Deed.objects.values_list("public", flat=True)), ensure_ascii=False
    )


def test_keeping_back_after_the_examination_begins_it_anew(promised):
    pack = reviewed(promised, drafted(promised))
    redact(promised, pack)
    pack.refresh_from_db()
    assert pack.stage == "draft"
    assert goals_in(pack).stage == "undecided"


def test_what_was_kept_back_stays_so_in_the_next_version(promised):
    pack = drafted(promised)
    redact(promised, pack)
    reviewed(promised, pack)
    disclosures.publish_pack(by=promised.reviewer, pack=pack)
    again = drafted(promised, because=WHY)
    assert "［不公开：商业秘密］" in json.dumps(goals_in(again).record, ensure_ascii=False)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"passage": "没有这几个字"}, "passage"),
        ({"passage": "网"}, "passage"),
        ({"at": "nowhere"}, "passage"),
        ({"ground": "secret"}, "ground"),
        ({"reason": " "}, "reason"),
    ],
)
def test_a_passage_is_kept_back_only_where_it_stands_and_for_a_reason(promised, given, field):
    pack = drafted(promised)
    with pytest.raises(Unsuitable) as unsuitable:
        redact(promised, pack, **given)
    assert set(unsuitable.value.faults) == {field}
    assert not Redaction.objects.exists()


def test_personal_data_is_opened_only_with_a_reason(promised):
    pack = drafted(promised)
    goals = goals_in(pack)
    told = json.dumps(goals.record, ensure_ascii=False)
    goals.record = json.loads(told.replace("100 公里", "13812345678"))
    goals.save()
    with pytest.raises(Unsuitable) as unsuitable:
        reviewed(promised, pack)
    assert set(unsuitable.value.faults) == {"reason-1"}
    reviewed(promised, pack, all_open(pack, reason="单位的公开电话"))


def test_a_published_pack_is_never_changed_and_a_second_needs_its_reason(promised):
    pack = published(promised)
    with pytest.raises(DatabaseError), transaction.atomic():
        DisclosurePack.objects.filter(pk=pack.pk).update(review="另一个说法")
    with pytest.raises(DatabaseError), transaction.atomic():
        PackPiece.objects.filter(pack=pack).update(reason="另一个说法")
    with pytest.raises(DatabaseError), transaction.atomic():
        PackPiece.objects.filter(pack=pack).delete()
    with pytest.raises(Unsuitable) as unsuitable:
        drafted(promised)
    assert set(unsuitable.value.faults) == {"because"}


def test_one_pack_at_a_time(promised):
    pack = drafted(promised)
    with pytest.raises(Unsuitable):
        drafted(promised)
    disclosures.withdraw_pack(by=promised.officer, pack=pack)
    assert drafted(promised).pk != pack.pk


def test_what_there_is_nothing_of_is_not_disclosed(region):
    unit = city_hall.unit("1", within=region)
    with pytest.raises(Unsuitable):
        drafted(unit)
    with pytest.raises(Unsuitable):
        drafted(unit, occasion="holidays")


def test_nobody_discloses_for_another_unit(promised, region):
    other = city_hall.unit("2", within=region)
    with pytest.raises(Refused):
        disclosures.draft_pack(
            by=other.officer,
            organisation=promised.organisation,
            fiscal_year=YEAR,
            occasion="budget",
        )


def test_results_go_with_the_accounts(unit):
    city_hall.published(unit)
    pack = published(unit, occasion="accounts", year=city_hall.YEAR)
    piece = PackPiece.objects.visible_to(VISITOR).get(pack=pack, kind="self_evaluation")
    fields = dict(piece_from_record(piece.record).places())
    assert fields["project"] == unit.project.name


def waits(member, today) -> list[tuple[str, date | None]]:
    return [(each.verb, each.due_on) for each in waiting_for(member, today=today)]


def test_a_unit_owes_its_goals_twenty_days_after_their_approval(promised):
    due = date(2026, 2, 9)  # approved on 20 January
    assert waits(promised.officer, date(2026, 2, 1)) == [("draft_pack", due)]
    pack = drafted(promised)
    assert waits(promised.reviewer, date(2026, 2, 1)) == [("review_pack", due)]
    reviewed(promised, pack)
    assert waits(promised.reviewer, date(2026, 2, 1)) == [("publish_pack", due)]
    disclosures.publish_pack(by=promised.reviewer, pack=pack)
    assert waits(promised.reviewer, date(2026, 2, 1)) == []


def test_who_published_in_time_and_who_did_not_is_known(promised, region):
    def state(today):
        (duty,) = duties(year=YEAR, occasion="budget", today=today)
        return duty.state

    assert state(date(2026, 2, 9)) is Timeliness.WAITING
    assert state(date(2026, 2, 10)) is Timeliness.OVERDUE
    pack = published(promised)
    in_time = pack.published_on <= date(2026, 2, 9)
    assert state(pack.published_on) is (Timeliness.IN_TIME if in_time else Timeliness.LATE)


def test_what_comes_later_is_owed_as_a_next_version(promised, region):
    published(promised)
    second = register_project(by=SYSTEM, unit=promised.organisation, code="P1b", name="第二项目")
    monitored.promise(promised, project=second)
    second.stage = "disclosed"
    second.save()
    assert [verb for verb, _ in waits(promised.officer, date(2026, 2, 1))] == ["draft_pack"]
    drafted(promised, because=WHY)
    assert [verb for verb, _ in waits(promised.reviewer, date(2026, 2, 1))] == ["review_pack"]


def test_overseers_see_who_is_overdue(promised, region):
    budget = verified(city_hall.budget_office(within=region))
    late = [each.organisation for each in waiting_within(budget, today=date(2026, 3, 1))]
    assert late == [str(promised.organisation.pk)]
    assert list(waiting_within(budget, today=date(2026, 2, 1))) == []
