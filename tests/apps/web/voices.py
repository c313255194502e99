"""Voices for the sweeps: rows at every stage, bodies of their forms, what would be made."""

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from gongzhi.core.charter import Member, Thing
from gongzhi.core.participating.voices import VoiceStage
from gongzhi.cycle.models import GoalVersion
from gongzhi.forum.models import Suggestion, Voice, VoiceAnswer
from gongzhi.parties.business_date import business_date
from intake.test_pictures import photo

ANSWERED = (VoiceStage.ANSWERED, VoiceStage.ASKED, VoiceStage.SUPPLEMENTED)


def voices(cast: Any) -> Iterator[Voice]:
    """A citizen's at each stage, with a figure that waits; the unit's own; one kept inside."""
    citizen = cast.one("citizen").member
    kept = _voice(cast, 1, person_id=citizen.person)
    version = GoalVersion.objects.filter(stage="approved").latest("pk")
    line = version.indicators.first()
    Suggestion.objects.create(
        voice=kept,
        version=version,
        indicator=line.key,
        name=line.name,
        figure="target",
        now=line.target,
        proposed="≥120",
    )
    yield kept
    for number, stage in enumerate(VoiceStage, start=2):
        merged_into = kept if stage is VoiceStage.MERGED else None
        row = _voice(cast, number, person_id=citizen.person, stage=stage, merged_into=merged_into)
        if stage in ANSWERED:
            VoiceAnswer.objects.create(
                voice=row,
                outcome="declined",
                text="钱不够",
                office=cast.unit.officer_office,
                answered_on=business_date(),
                due_on=row.due_on,
            )
        yield row
    office = cast.unit.officer_office
    own = {"organisation": cast.unit.organisation, "office": office}
    yield _voice(cast, 20, **own)
    yield _voice(cast, 21, label="internal", **own)


def _voice(cast: Any, number: int, **given: Any) -> Voice:
    return Voice.objects.create(
        **{
            "fiscal_year": business_date().year,
            "number": number,
            "kind": "suggestion" if number == 1 else "need",
            "about": cast.unit.project.thing().name,
            "project": cast.unit.project,
            "addressed": cast.unit.organisation,
            "title": "北片管网也该换",
            "text": "去年漏了三次",
            "said_on": business_date(),
            "due_on": business_date() - timedelta(days=1),
            **given,
        }
    )


def _alike(_: Any) -> dict[str, Any]:
    waiting = Voice.objects.filter(stage="received", kind="need").first()
    return {"voices": waiting.pk if waiting else "", "reason": "一件事"}


VOICE_BODIES: Mapping[str, Any] = {
    "submit_voice": lambda cast: {
        "about": cast.unit.project.thing().name,
        "kind": "need",
        "title": "南门要一个公厕",
        "text": "集市日三千人没有公厕",
    },
    "revise_voice": {"title": "北片管网也该换", "text": "去年漏了三次，今年两次"},
    "withdraw_voice": {},
    "attach_evidence": lambda _: {"file": SimpleUploadedFile("现场.jpg", photo())},
    "ask_voice_supplement": {"reason": "没有说差多少钱"},
    "support_voice": {},
    "withdraw_support": {},
    "offer_resources": {"text": "每周三名志愿者"},
    "answer_voice": {"outcome": "declined", "reason": "今年的钱只够十公里"},
    "adopt_suggestion": {"reason": "北片确实该换"},
    "merge_voices": _alike,
    "unmerge_voice": {"reason": "说的是南片"},
    "urge_voice": {"reason": "请尽快答复"},
}
# What nobody of the cast has done before.
NOT_SUPPORTED: Mapping[str, Callable[[Voice], bool]] = {"withdraw_support": lambda _: True}
VOICE_OPTIONS: Mapping[str, frozenset[str]] = {
    "submit_voice": frozenset({"grounds", "place", "figure", "indicator", "asked"}),
    "revise_voice": frozenset({"grounds", "place", "asked"}),
    "withdraw_voice": frozenset({"reason"}),
    "adopt_suggestion": frozenset({"asked"}),
}


def _voice_to_be(cast: Any, by: Member) -> Thing:
    return Thing(
        kind="voice",
        id="new",
        owner=by.organisation or "nobody",
        overseer="nobody",
        holder="nobody" if by.organisation else by.person or "nobody",
        addressed=str(cast.unit.organisation.pk),
        stage="received",
        label="public",
        regions=cast.region.line(),
    )


VOICES_TO_BE: Mapping[str, Callable[[Any, Member], Thing]] = {"submit_voice": _voice_to_be}
