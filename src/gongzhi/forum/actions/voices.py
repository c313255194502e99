"""Needs, proposals and suggestions: given, revised, taken back, asked about once, supported.

By when a voice is answered says the clause on the deed that answers (5.3). Its texts stay in its
row; the log gets its number, what it is about, and a promise of the words.
"""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import Max

from gongzhi.core.charter import Member
from gongzhi.core.participating.suggesting import Figure, Wanted, title_of, wanted
from gongzhi.core.participating.voices import VoiceKind, VoiceStage
from gongzhi.core.terms import Said
from gongzhi.core.working_days import due_on
from gongzhi.cycle.goal_record import goal_from_record
from gongzhi.forum.models import ResourceOffer, Suggestion, Support, Voice, VoiceStep
from gongzhi.forum.models.voices import TEXT_MAX, TITLE_MAX
from gongzhi.forum.phases import keep_to_the_phase
from gongzhi.forum.posts import refuse_personal, why_not_public
from gongzhi.forum.similar import keep_words
from gongzhi.forum.things import Subject, collects_until
from gongzhi.parties.clocks import due_by_clause
from gongzhi.parties.deeds import Record, act
from gongzhi.parties.models import Region
from gongzhi.parties.people import counts_as
from gongzhi.parties.unsuitable import NO_REASON, Unsuitable
from gongzhi.rules.calendar import load_calendar
from gongzhi.rules.participation.voices import voice_rules

NO_KIND = Said("请选择需求、建议或者修改意见")
NO_TITLE = Said("请用一句话说清要什么")
NO_TEXT = Said("请写明情况和理由")
TOO_LONG = Said("最多 {most} 字")
NO_GOALS = Said("这里没有可以修改的绩效目标，请改提需求或者建议")
NO_OFFER = Said("请写明能带来什么：人手、场地、资金或者专业帮助")
NO_SUPPORT = Said("您没有附议这条意见")
NUMBERS = 0x0766  # the lock under which voices are numbered


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaking:
    """What somebody says: which kind, in which words, and for a suggestion which figure.

    asked is the figure as it was typed; indicator is the key of its line in the goals.
    """

    kind: str
    title: str = ""
    text: str = ""
    grounds: str = ""
    place: Region | None = None
    figure: str = ""
    indicator: str = ""
    asked: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """What was said, whole: the words, and the figure held against the goals as they are."""

    speaking: Speaking
    wanted: Wanted | None


def fitted(speaking: Speaking, subject: Subject) -> Fitted:
    """What was said, if it suits; raises Unsuitable with each fault by its field."""
    faults: dict[str, Said] = {}
    kind = VoiceKind(speaking.kind) if speaking.kind in list(VoiceKind) else None
    figure = _wanted(speaking, subject, faults) if kind is VoiceKind.SUGGESTION else None
    title = speaking.title.strip() or (title_of(figure, most=TITLE_MAX) if figure else "")
    said = replace(
        speaking, title=title, text=speaking.text.strip(), grounds=speaking.grounds.strip()
    )
    if kind is None:
        faults["kind"] = NO_KIND
    if not title and not faults:
        faults["title"] = NO_TITLE
    if not said.text:
        faults["text"] = NO_TEXT
    for field, most in (("title", TITLE_MAX), ("text", TEXT_MAX), ("grounds", TEXT_MAX)):
        given = getattr(said, field)
        if len(given) > most:
            faults[field] = Said(TOO_LONG.text, {"most": most})
        elif problem := why_not_public(given):
            faults[field] = problem
    if faults:
        raise Unsuitable(faults)
    return Fitted(speaking=said, wanted=figure)


def _wanted(speaking: Speaking, subject: Subject, faults: dict[str, Said]) -> Wanted | None:
    if subject.version is None:
        faults["kind"] = NO_GOALS
        return None
    if speaking.figure not in list(Figure):
        faults["figure"] = Said("请选择要改哪一个数")
        return None
    found = wanted(
        goal_from_record(subject.version.record).goal,
        figure=Figure(speaking.figure),
        indicator=speaking.indicator,
        asked=speaking.asked,
    )
    if isinstance(found, Said):
        faults["asked"] = found
        return None
    return found


def voice_to_be(by: Member, subject: Subject, *, kind: str = VoiceKind.NEED) -> Voice:
    """The voice that somebody could give: a citizen's own, or their organisation's."""
    to_be = Voice(
        kind=kind,
        label=subject.label,
        about=subject.name,
        project=subject.project,
        process=subject.process,
        addressed=subject.addressed,
    )
    if by.organisation is not None:
        to_be.organisation_id = UUID(by.organisation)
        to_be.office_id = UUID(by.office) if by.office else None
    elif by.person is not None:
        to_be.person_id = UUID(by.person)
    return to_be


def submit_voice(
    *, by: Member, subject: Subject, speaking: Speaking, key: str | None = None
) -> Voice:
    """Put a need, a proposal or a suggestion forward; it gets its number and its clock."""
    voice = voice_to_be(by, subject, kind=speaking.kind)
    with act(by, "submit_voice", on=voice.thing(), key=key) as record:
        today = record.business_date
        keep_to_the_phase(by, "submit_voice", on=voice, process=voice.process, today=today)
        given = fitted(speaking, subject)
        voice.fiscal_year = record.business_date.year
        voice.number = _next_number(voice.fiscal_year)
        voice.said_on = record.business_date
        voice.due_on = answer_due(_counted_from(subject, record.business_date))
        _write(voice, given)
        voice.save(force_insert=True)
        _suggest(voice, given, subject)
        keep_words(voice)
        record["voice"] = str(voice.pk)
        record["number"] = voice.number
        record["fiscal_year"] = voice.fiscal_year
        record["voice_kind"] = str(voice.kind)
        record["about"] = voice.about
        record["due_on"] = voice.due_on.isoformat()
        record.private("text", _words(voice))
    return voice


def revise_voice(
    *, by: Member, voice: Voice, subject: Subject, speaking: Speaking, key: str | None = None
) -> Voice:
    """Say it anew, as long as nobody has answered; the clock stays."""
    with act(by, "revise_voice", on=voice, key=key) as record:
        given = fitted(replace(speaking, kind=voice.kind), subject)
        _write(voice, given)
        voice.save(update_fields=["title", "text", "grounds", "place"])
        _suggest(voice, given, subject)
        keep_words(voice)
        note(voice, "revise_voice", by=by, reason="", record=record)
        record.private("text", _words(voice))
    return voice


def withdraw_voice(*, by: Member, voice: Voice, reason: str = "", key: str | None = None) -> Voice:
    """Take it back before it is answered."""
    with act(by, "withdraw_voice", on=voice, key=key) as record:
        voice.stage = VoiceStage.WITHDRAWN
        voice.save(update_fields=["stage"])
        note(voice, "withdraw_voice", by=by, reason=reason, record=record)
        record["stage"] = str(voice.stage)
    return voice


def ask_voice_supplement(*, by: Member, voice: Voice, reason: str, key: str | None = None) -> Voice:
    """Say, once, that the answer doesn't meet the point."""
    with act(by, "ask_voice_supplement", on=voice, key=key) as record:
        if not reason.strip():
            raise Unsuitable({"reason": NO_REASON})
        days = voice_rules(on=record.business_date).supplement_days
        due = due_on(record.business_date, working_days=days, calendar=load_calendar())
        voice.stage, voice.due_on = VoiceStage.ASKED, due.on
        voice.save(update_fields=["stage", "due_on"])
        note(voice, "ask_voice_supplement", by=by, reason=reason, record=record)
        record["due_on"] = due.on.isoformat()
    return voice


def support_voice(*, by: Member, voice: Voice, key: str | None = None) -> Support:
    """Stand behind a voice, once; a second time changes nothing."""
    with act(by, "support_voice", on=voice, key=key) as record:
        today = record.business_date
        keep_to_the_phase(by, "support_voice", on=voice, process=voice.process, today=today)
        support, _ = Support.objects.get_or_create(
            voice=voice,
            who=who_is(by),
            until_on=None,
            defaults={
                "organisation_id": UUID(by.organisation) if by.organisation else None,
                "since_on": record.business_date,
            },
        )
        record["number"] = voice.number
        record["fiscal_year"] = voice.fiscal_year
    return support


def withdraw_support(*, by: Member, voice: Voice, key: str | None = None) -> Support:
    """Stand behind it no longer."""
    with act(by, "withdraw_support", on=voice, key=key) as record:
        support: Support | None = voice.supports.filter(who=who_is(by), until_on=None).first()
        if support is None:
            raise Unsuitable({"voice": NO_SUPPORT})
        support.until_on = record.business_date
        support.save(update_fields=["until_on"])
        record["number"] = voice.number
        record["fiscal_year"] = voice.fiscal_year
    return support


def offer_resources(
    *, by: Member, voice: Voice, text: str, key: str | None = None
) -> ResourceOffer:
    """Say what the own organisation can bring."""
    with act(by, "offer_resources", on=voice, key=key) as record:
        said = text.strip()
        if not said or len(said) > TEXT_MAX:
            raise Unsuitable({"text": NO_OFFER})
        refuse_personal({"text": said})
        assert by.office is not None, "an organisation speaks through an office"
        assert by.organisation is not None, "an office stands in an organisation"
        offer = ResourceOffer.objects.create(
            voice=voice,
            organisation_id=UUID(by.organisation),
            office_id=UUID(by.office),
            text=said,
            offered_on=record.business_date,
        )
        record["number"] = voice.number
        record["fiscal_year"] = voice.fiscal_year
        record.private("text", said)
    return offer


def who_is(member: Member) -> UUID:
    """Who counts once: an organisation, else the human being behind the account."""
    return UUID(member.organisation or counts_as(member))


def answer_due(since: date) -> date:
    """The day by which a voice has to be answered that has been waiting since a day."""
    due = due_by_clause("answer_voice", opened_on=since)
    return due.on if due else since


def _counted_from(subject: Subject, today: date) -> date:
    """The day from which the clock runs: where a process collects voices, the end of that phase."""
    ends_on = collects_until(subject.process, today) if subject.process else None
    return ends_on or today


def _next_number(year: int) -> int:
    """The next number of a year; whoever comes at the same time waits."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [NUMBERS, year])
    last = Voice.objects.filter(fiscal_year=year).aggregate(last=Max("number"))["last"]
    return int(last or 0) + 1


def _write(voice: Voice, given: Fitted) -> None:
    said = given.speaking
    voice.title, voice.text, voice.grounds, voice.place = (
        said.title,
        said.text,
        said.grounds,
        said.place,
    )


def _suggest(voice: Voice, given: Fitted, subject: Subject) -> None:
    if given.wanted is None or subject.version is None:
        return
    figure = given.wanted
    Suggestion.objects.update_or_create(
        voice=voice,
        defaults={
            "version": subject.version,
            "indicator": figure.indicator,
            "name": figure.name,
            "figure": figure.figure,
            "now": figure.now,
            "proposed": figure.proposed,
        },
    )


def note(voice: Voice, verb: str, *, by: Member, reason: str, record: Record) -> None:
    """Keep a step with its day; of its reason the log gets a promise."""
    said = reason.strip()
    VoiceStep.objects.create(
        voice=voice,
        verb=verb,
        reason=said,
        office_id=UUID(by.office) if by.office else None,
        done_on=record.business_date,
    )
    if said:
        record.private("reason", said)


def _words(voice: Voice) -> str:
    return "\n".join((voice.title, voice.text, voice.grounds))
