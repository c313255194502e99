"""Voices of several at the same moment: one support each, one answer, one change, one deed."""

from functools import partial

import pytest

from apps.forum.test_voice_evidence import picture
from apps.forum.test_voices import NEED, WISH, a_demo, bureau, citizen, promised, resident, said
from at_once import together
from gongzhi.cycle.models import GoalVersion
from gongzhi.desk.models import Attachment
from gongzhi.forum.actions import answers, voices
from gongzhi.forum.actions.voice_evidence import attach_evidence
from gongzhi.forum.models import AdoptedChange, Support, Voice, VoiceAnswer
from gongzhi.parties.business_date import business_date
from gongzhi.parties.models import Deed
from gongzhi.rules.participation.voices import voice_rules

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("a_demo")]
__all__ = ["a_demo", "bureau", "promised", "resident"]  # fixtures
AT_ONCE = 3
NEVER = {"done", "settled"}


def deeds(verb: str) -> int:
    return Deed.objects.filter(verb=verb).count()


def row(voice: Voice) -> Voice:
    """The voice as another request reads it."""
    return Voice.objects.with_facts().get(pk=voice.pk)


def test_s55_supporting_twice_at_once_counts_once(promised, resident):
    voice = said(resident, promised, NEED)
    by = citizen("居民乙")
    ended = together(
        [partial(voices.support_voice, by=by, voice=row(voice)) for _ in range(AT_ONCE)]
    )
    assert set(ended) <= NEVER, ended
    assert Support.objects.filter(voice=voice, until_on=None).count() == 1


def test_s55_support_withdrawn_twice_at_once_ends_once(promised, resident):
    voice = said(resident, promised, NEED)
    by = citizen("居民乙")
    voices.support_voice(by=by, voice=voice)
    ended = together([partial(voices.withdraw_support, by=by, voice=row(voice)) for _ in range(2)])
    assert ended == ["done", "settled"]
    assert deeds("withdraw_support") == 1


def test_r05_the_same_form_twice_at_once_is_one_voice(promised, resident):
    ended = together([partial(said, resident, promised, NEED, key="once") for _ in range(AT_ONCE)])
    assert ended == ["done", "settled", "settled"]
    assert (Voice.objects.count(), deeds("submit_voice")) == (1, 1)


def test_files_attached_at_once_are_no_more_than_may_stand(promised, resident):
    voice, most = said(resident, promised, NEED), voice_rules(on=business_date()).evidence_files_max
    for number in range(most - 1):
        attach_evidence(by=resident, voice=voice, file=picture(str(number)))

    attach = partial(attach_evidence, by=resident)
    ended = together(
        [partial(attach, voice=row(voice), file=picture(f"最后 {n}")) for n in range(AT_ONCE)]
    )
    assert ended == ["done", "settled", "settled"]
    assert (Attachment.objects.count(), deeds("attach_evidence")) == (most, most)


def test_voices_given_at_once_have_numbers_of_their_own(promised, resident):
    people = [citizen(f"居民{number}") for number in range(AT_ONCE)]
    assert set(together([partial(said, by, promised, NEED) for by in people])) == {"done"}
    numbers = Voice.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == [1, 2, 3]


@pytest.mark.parametrize("key", ["once", None])
def test_r05_two_officers_answer_at_once_and_one_answer_stands(promised, resident, unit, key):
    voice = said(resident, promised, NEED)
    say = partial(answers.answer_voice, by=unit.officer, outcome="declined", key=key)
    ended = together(
        [partial(say, voice=row(voice), reason=f"今年的钱不够 {n}") for n in range(AT_ONCE)]
    )
    assert ended == ["done", "settled", "settled"]
    assert (VoiceAnswer.objects.count(), deeds("answer_voice")) == (1, 1)


def test_r05_merged_while_answered_is_one_of_both(promised, resident, unit):
    kept, like = said(resident, promised, NEED), said(citizen("居民乙"), promised, NEED)
    ended = together(
        [
            partial(
                answers.merge_voices,
                by=unit.officer,
                voice=row(kept),
                voices=[like.pk],
                reason="一件事",
            ),
            partial(
                answers.answer_voice,
                by=unit.officer,
                voice=row(like),
                outcome="declined",
                reason="今年的钱不够",
            ),
        ]
    )
    assert ended == ["done", "settled"]
    like.refresh_from_db()
    assert (like.stage == "merged") is (like.merged_into_id is not None)
    assert VoiceAnswer.objects.filter(voice=like).exists() is (like.stage == "answered")


def test_r05_two_merged_into_each_other_at_once_lead_one_way(promised, resident, unit):
    one, other = said(resident, promised, NEED), said(citizen("居民乙"), promised, NEED)
    ended = together(
        [
            partial(
                answers.merge_voices,
                by=unit.officer,
                voice=row(kept),
                voices=[like.pk],
                reason="一件事",
            )
            for kept, like in ((one, other), (other, one))
        ]
    )
    merged = Voice.objects.filter(stage="merged").count()
    assert merged == deeds("merge_voices") == ended.count("done") <= 1


def test_r05_adopting_twice_at_once_drafts_one_adjustment(promised, resident, unit):
    voice = said(resident, promised, WISH)
    before = GoalVersion.objects.count()
    adopt = partial(answers.adopt_suggestion, by=unit.officer, reason="北片确实该换")
    ended = together([partial(adopt, voice=row(voice)) for _ in range(AT_ONCE)])
    assert ended == ["done", "settled", "settled"]
    assert (AdoptedChange.objects.count(), VoiceAnswer.objects.count()) == (1, 1)
    assert GoalVersion.objects.count() == before + 1


def test_r05_taken_back_while_answered_is_one_of_both(promised, resident, unit):
    voice = said(resident, promised, NEED)
    ended = together(
        [
            partial(voices.withdraw_voice, by=resident, voice=row(voice)),
            partial(
                answers.answer_voice,
                by=unit.officer,
                voice=row(voice),
                outcome="declined",
                reason="今年的钱不够",
            ),
        ]
    )
    assert ended == ["done", "settled"]
    voice.refresh_from_db()
    assert VoiceAnswer.objects.exists() is (voice.stage == "answered")
