"""A result shared by consent lives behind its link for seven days, and for nobody without it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from gongzhi.core.charter import SYSTEM, VISITOR
from gongzhi.desk import tasks
from gongzhi.desk.actions import sharing as actions
from gongzhi.desk.models import SharedResult
from gongzhi.intake.limits import LIMITS
from gongzhi.parties.deeds import Refused
from gongzhi.parties.models import Deed, IdempotencyKey

pytestmark = pytest.mark.django_db
RESULT = {"files": [{"file": "某表.xlsx", "forms": [{"computed_total": 87.5}]}]}


def share() -> actions.SharedLink:
    return actions.share_result(by=VISITOR, result=RESULT, consented=True)


def grow_old(*, days: int) -> None:
    for shared in SharedResult.objects.all():
        shared.consented_at -= timedelta(days=days)
        shared.expires_at -= timedelta(days=days)
        shared.save(update_fields=["consented_at", "expires_at"])


def test_who_holds_the_link_reads_the_result():
    link = share()

    shared = SharedResult.objects.behind(link.key, at=timezone.now()).get()

    assert shared.result == RESULT
    assert not SharedResult.objects.behind(link.key + "x", at=timezone.now()).exists()


def test_nothing_is_kept_without_consent():
    with pytest.raises(AssertionError):
        actions.share_result(by=VISITOR, result=RESULT, consented=False)

    assert not SharedResult.objects.exists()


def test_a_link_can_not_be_guessed_nor_read_off_the_table():
    keys = {share().key for _ in range(20)}

    assert len(keys) == 20
    assert min(map(len, keys)) >= 43  # 32 random bytes
    stored = [bytes(shared.key_digest) for shared in SharedResult.objects.all()]
    assert not any(key.encode() in digest for key in keys for digest in stored)


def test_a_link_ends_after_seven_days():
    link = share()

    assert link.expires_at - timezone.now() <= timedelta(days=LIMITS.shared_result_days)
    at = link.expires_at
    assert SharedResult.objects.behind(link.key, at=at - timedelta(seconds=1)).exists()
    assert not SharedResult.objects.behind(link.key, at=at).exists()


def test_the_log_learns_nothing_of_the_result():
    share()

    deed = Deed.objects.get()
    assert deed.public.keys() == {"deed"}
    assert deed.party == "visitor"
    assert deed.person is None


def test_what_is_due_is_deleted_by_the_system_and_told_to_the_log():
    share()
    grow_old(days=8)
    kept = share()

    assert actions.expire_shared_results() == 1

    assert SharedResult.objects.behind(kept.key, at=timezone.now()).exists()
    assert SharedResult.objects.count() == 1
    deed = Deed.objects.get(verb="expire_shared_results")
    assert (deed.party, deed.clauses, deed.public["count"]) == ("system", ["6.5"], 1)


def test_when_nothing_is_due_there_is_no_deed():
    share()

    assert actions.expire_shared_results() == 0
    assert not Deed.objects.filter(verb="expire_shared_results").exists()


def test_r06_the_job_run_twice_is_like_once():
    share()
    grow_old(days=8)

    tasks.expire_shared_results(timestamp=0)
    tasks.expire_shared_results(timestamp=0)

    assert Deed.objects.filter(verb="expire_shared_results").count() == 1


def test_the_platform_shares_nothing():
    with pytest.raises(Refused) as refused:
        actions.share_result(by=SYSTEM, result=RESULT, consented=True)

    assert refused.value.clauses == ("6.4",)


def test_the_database_itself_wants_an_end_after_the_consent():
    share()

    with pytest.raises(IntegrityError), transaction.atomic():
        SharedResult.objects.update(expires_at=timezone.now() - timedelta(days=9))


def test_r05_keys_are_kept_seven_days_and_then_forgotten():
    actions.share_result(by=VISITOR, result=RESULT, consented=True, key="old")
    actions.share_result(by=VISITOR, result=RESULT, consented=True, key="week")
    ages = {"old": 9, "week": 7}
    for row in IdempotencyKey.objects.all():
        row.used_at -= timedelta(days=ages[row.key])
        row.save(update_fields=["used_at"])

    tasks.tidy_up(timestamp=0)

    assert [row.key for row in IdempotencyKey.objects.all()] == ["week"]
