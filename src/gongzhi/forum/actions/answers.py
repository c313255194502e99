"""Voices are answered with a reason; a suggestion that is adopted becomes the unit's adjustment.

Like ones are merged and share an answer; who is late is urged by whoever stands above. What became
of an adopted change is noted by the platform once the goals were decided on, so that the log leads
from the voice to the figure.
"""

from collections.abc import Collection
from dataclasses import replace
from uuid import UUID

from gongzhi.core.charter import SYSTEM, Member
from gongzhi.core.goals.review import GoalStage
from gongzhi.core.participating.suggesting import (
    Figure,
    adoption_reason,
    figure_of,
    wanted,
    with_figure,
)
from gongzhi.core.participating.voices import (
    AFTER_ANSWER,
    Outcome,
    VoiceKind,
    VoiceStage,
    why_no_answer,
)
from gongzhi.core.terms import Said
from gongzhi.cycle.actions.goals import adjust_goals, draft_goals
from gongzhi.cycle.goal_record import GoalPlan, goal_from_record
from gongzhi.cycle.models import GoalStep, GoalVersion
from gongzhi.forum.actions.voices import answer_due, note
from gongzhi.forum.becoming import became_of, holds
from gongzhi.forum.models import AdoptedChange, Suggestion, Voice, VoiceAnswer
from gongzhi.forum.posts import refuse_personal
from gongzhi.parties.deeds import Record, act
from gongzhi.parties.unsuitable import NO_REASON, Unsuitable

ANSWER_MAX = 4000
TOO_LONG = Said("最多 {most} 字", {"most": ANSWER_MAX})
NO_SUGGESTION = Said("这不是修改意见，请直接答复")
UNDER_REVIEW = Said("这个年度的绩效目标正在审核，请等审核意见，或者先撤回，再采纳")
NO_GOALS = Said("这个年度没有可以调整的绩效目标")
NONE_CHOSEN = Said("请选要并入的意见：待答复、由同一单位答复的")
NOT_LATE = Said("这条意见没有逾期")
DECIDING = ("approve_goals", "return_goals")
REVIEWING = (GoalStage.SUBMITTED, GoalStage.FORWARDED, GoalStage.ASKED)


def answer_voice(
    *, by: Member, voice: Voice, outcome: str, reason: str, key: str | None = None
) -> VoiceAnswer:
    """Answer: adopted, adopted in part or not, and why; those merged into it are answered too."""
    with act(by, "answer_voice", on=voice, key=key) as record:
        said = Outcome(outcome) if outcome in list(Outcome) else None
        return _answer(voice, said, reason, by=by, record=record)


def adopt_suggestion(
    *, by: Member, voice: Voice, reason: str, asked: str = "", key: str | None = None
) -> AdoptedChange:
    """Adopt a suggestion, or another value nearer to it: an adjustment of the goals is drafted."""
    with act(by, "adopt_suggestion", on=voice, key=key) as record:
        suggestion = Suggestion.objects.select_related("version__project__unit__region").filter(
            voice=voice
        )
        wish: Suggestion | None = suggestion.first()
        if wish is None:
            raise Unsuitable({"reason": NO_SUGGESTION})
        _refuse_unfit(reason)
        base = _base(wish.version)
        plan = goal_from_record(base.record)
        old, new = _old_and_new(plan, wish, asked=asked)
        made = _drafted(base, _changed(plan, wish, new), voice=voice, by=by)
        change = AdoptedChange.objects.create(
            voice=voice,
            version=made,
            indicator=wish.indicator,
            name=wish.name,
            figure=wish.figure,
            old=old,
            new=new,
            office_id=_office(by),
            adopted_on=record.business_date,
        )
        record["version"] = str(made.pk)
        record["figure"] = str(wish.figure)
        record["old"], record["new"] = old, new
        outcome = Outcome.ADOPTED if new == wish.proposed else Outcome.PARTLY
        _answer(voice, outcome, reason, by=by, record=record, is_adjusting=True)
    return change


def merge_voices(
    *,
    by: Member,
    voice: Voice,
    voices: Collection[UUID],
    reason: str,
    key: str | None = None,
) -> Voice:
    """Let others that say the same lead to this one; all authors and supporters stay."""
    with act(by, "merge_voices", on=voice, key=key) as record:
        if not reason.strip():
            raise Unsuitable({"reason": NO_REASON})
        chosen = _to_merge(voice, voices)
        if not chosen:
            raise Unsuitable({"voices": NONE_CHOSEN})
        keys = [row.pk for row in chosen]
        Voice.objects.filter(merged_into__in=keys).update(merged_into=voice)
        Voice.objects.filter(pk__in=keys).update(stage=VoiceStage.MERGED, merged_into=voice)
        for row in chosen:
            note(row, "merge_voices", by=by, reason=reason, record=record)
        voice.due_on = min(voice.due_on, *(row.due_on for row in chosen))
        voice.save(update_fields=["due_on"])
        record["voices"] = [str(each) for each in keys]
        record["number"] = voice.number
    return voice


def _to_merge(voice: Voice, voices: Collection[UUID]) -> list[Voice]:
    """The others that wait for the same office, held; what somebody works on now is left out.

    Two that are merged into each other at once would wait for each other for ever.
    """
    rows = Voice.objects.select_for_update(skip_locked=True).filter(
        pk__in=voices, addressed=voice.addressed_id, stage=VoiceStage.RECEIVED
    )
    return list(rows.exclude(pk=voice.pk).order_by("pk"))


def unmerge_voice(*, by: Member, voice: Voice, reason: str, key: str | None = None) -> Voice:
    """Part it again, with the reason: it waits for an answer of its own."""
    with act(by, "unmerge_voice", on=voice, key=key) as record:
        if not reason.strip():
            raise Unsuitable({"reason": NO_REASON})
        kept = Voice.objects.get(merged=voice.pk)
        since = voice.said_on if kept.stage == VoiceStage.RECEIVED else record.business_date
        voice.stage, voice.merged_into, voice.due_on = VoiceStage.RECEIVED, None, answer_due(since)
        voice.save(update_fields=["stage", "merged_into", "due_on"])
        note(voice, "unmerge_voice", by=by, reason=reason, record=record)
        record["stage"] = str(voice.stage)
        record["due_on"] = voice.due_on.isoformat()
    return voice


def urge_voice(*, by: Member, voice: Voice, reason: str, key: str | None = None) -> Voice:
    """Urge whoever is late with the answer, as the department above or the finance bureau."""
    with act(by, "urge_voice", on=voice, key=key) as record:
        if voice.due_on >= record.business_date:
            raise Unsuitable({"reason": NOT_LATE})
        if not reason.strip():
            raise Unsuitable({"reason": NO_REASON})
        note(voice, "urge_voice", by=by, reason=reason, record=record)
        record["number"] = voice.number
    return voice


def note_change(*, change: AdoptedChange) -> AdoptedChange:
    """Note, as the platform, what the goals' approval or return did to an adopted change."""
    with act(SYSTEM, "note_change", on=change.voice) as record:
        became = became_of(change)
        step = _deciding_step(became.version)
        change.end, change.decided = became.end, became.version
        change.ended_on = step.done_on if step else record.business_date
        change.decided_by = step.office if step else None
        is_returned = became.end == AdoptedChange.End.RETURNED
        change.why = step.reason if step and is_returned else ""
        change.save(update_fields=["end", "decided", "ended_on", "decided_by", "why"])
        record["version"] = str(became.version.pk)
        record["end"] = became.end
        record["figure"] = change.figure
        record["old"], record["new"] = change.old, change.new
        record["number"] = change.voice.number
    return change


def _deciding_step(version: GoalVersion) -> GoalStep | None:
    """The step by which goals were approved or sent back."""
    steps = version.steps.filter(verb__in=DECIDING).select_related("office")
    last: GoalStep | None = steps.order_by("pk").last()
    return last


def note_changes() -> int:
    """Note all changes that were decided on since; how many there were."""
    open_ones = AdoptedChange.objects.exclude(end=AdoptedChange.End.APPROVED)
    rows = open_ones.select_related("version", "voice__addressed__region").order_by("pk")
    count = 0
    for change in rows:
        became = became_of(change)
        if became.end and (became.end != change.end or became.version.pk != change.decided_id):
            note_change(change=change)
            count += 1
    return count


def _answer(
    voice: Voice,
    outcome: Outcome | None,
    reason: str,
    *,
    by: Member,
    record: Record,
    is_adjusting: bool = False,
) -> VoiceAnswer:
    kind, stage = VoiceKind(voice.kind), VoiceStage(voice.stage)
    asked_as = VoiceKind.PROPOSAL if is_adjusting else kind
    problem = why_no_answer(asked_as, stage, outcome=outcome, reason=reason)
    if problem is not None:
        raise Unsuitable({"reason": problem})
    _refuse_unfit(reason)
    assert outcome is not None, "an answer without an outcome was refused"
    answer = VoiceAnswer.objects.create(
        voice=voice,
        outcome=outcome,
        text=reason.strip(),
        office_id=_office(by),
        answered_on=record.business_date,
        due_on=voice.due_on,
        supplements=stage is VoiceStage.ASKED,
    )
    voice.stage = AFTER_ANSWER[stage]
    voice.save(update_fields=["stage"])
    record["number"] = voice.number
    record["fiscal_year"] = voice.fiscal_year
    record["outcome"] = str(outcome)
    record["late"] = record.business_date > voice.due_on
    if merged := [str(each) for each in voice.merged.values_list("pk", flat=True)]:
        record["voices"] = [*merged]
    record.private("answer", answer.text)
    return answer


def _refuse_unfit(reason: str) -> None:
    """What everybody will read has words, not too many, and nobody's number."""
    if not reason.strip():
        raise Unsuitable({"reason": NO_REASON})
    if len(reason) > ANSWER_MAX:
        raise Unsuitable({"reason": TOO_LONG})
    refuse_personal({"reason": reason})


def _office(by: Member) -> UUID:
    assert by.office is not None, "whoever answers stands in an office"
    return UUID(by.office)


# ── the adjustment ──


def _base(version: GoalVersion) -> GoalVersion:
    """The version that a change goes on from: the unit's draft, else what is in force or came back.

    So that what was adopted before and still waits isn't lost.
    """
    rows = GoalVersion.objects.filter(project=version.project_id, fiscal_year=version.fiscal_year)
    mine = rows.with_facts()
    if mine.filter(stage__in=REVIEWING).exists():
        raise Unsuitable({"reason": UNDER_REVIEW})
    for chosen in (
        mine.filter(stage=GoalStage.DRAFT),
        mine.in_force(),
        mine.filter(stage=GoalStage.RETURNED).order_by("-pk"),
    ):
        found: GoalVersion | None = chosen.first()
        if found is not None:
            return found
    raise Unsuitable({"reason": NO_GOALS})


def _old_and_new(plan: GoalPlan, wish: Suggestion, *, asked: str) -> tuple[str, str]:
    """The figure as it stands, and as it shall be; what was typed instead is held against it."""
    figure = Figure(wish.figure)
    old = figure_of(plan.goal, figure=figure, indicator=wish.indicator)
    if isinstance(old, Said):
        raise Unsuitable({"asked": old})
    if not asked.strip():
        return old, wish.proposed
    found = wanted(plan.goal, figure=figure, indicator=wish.indicator, asked=asked)
    if isinstance(found, Said):
        raise Unsuitable({"asked": found})
    return old, found.proposed


def _changed(plan: GoalPlan, wish: Suggestion, new: str) -> GoalPlan:
    changed = with_figure(
        plan.goal, figure=Figure(wish.figure), indicator=wish.indicator, proposed=new
    )
    if isinstance(changed, Said):
        raise Unsuitable({"asked": changed})
    return replace(plan, goal=changed)


def _drafted(base: GoalVersion, plan: GoalPlan, *, voice: Voice, by: Member) -> GoalVersion:
    """The draft with the change; what waited in an earlier draft goes on in the new one."""
    reason = adoption_reason(year=voice.fiscal_year, number=voice.number)
    is_draft = base.stage == GoalStage.DRAFT
    replaced = base.replaces if is_draft else base
    if base.stage == GoalStage.APPROVED or (is_draft and replaced is not None):
        assert replaced is not None, "an approved version replaces or is replaced"
        made = adjust_goals(by=by, version=replaced, plan=plan, reason=reason)
    else:
        made = draft_goals(
            by=by,
            project=base.project,
            fiscal_year=base.fiscal_year,
            plan=plan,
            pack=base.pack,
        )
    if is_draft:
        for earlier in AdoptedChange.objects.filter(version=base, end=""):
            if holds(made, earlier):
                earlier.version = made
                earlier.save(update_fields=["version"])
    return made
