"""Holding a topic, making statements on it, and taking stances.

A stance leaves no entry of its own: it enters the log with all others of its day, shuffled.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from gongzhi.core.charter import Member
from gongzhi.core.participating.stances import WORDS, Tally, TopicRules, why_no_statement
from gongzhi.core.participating.stances import Stance as StanceValue
from gongzhi.core.sealed import Sealable, canonical, digest
from gongzhi.core.terms import Said
from gongzhi.cycle.models import Project
from gongzhi.forum.held_open import is_held_open
from gongzhi.forum.models import Process, Statement, TallyPart, Topic
from gongzhi.forum.phases import keep_to_the_phase
from gongzhi.forum.posts import hidings_of, why_not_public
from gongzhi.forum.stance_files import VOTES, StanceFiles, stance_files
from gongzhi.forum.tallies import count, keep_stance, stances_of
from gongzhi.parties.business_date import business_date
from gongzhi.parties.deeds import act, act_unseen
from gongzhi.parties.members import NO_PERSON
from gongzhi.parties.models import Organisation
from gongzhi.parties.people import counts_as
from gongzhi.parties.unsuitable import Unsuitable
from gongzhi.rules.participation.topics import topic_rules

NO_QUESTION = Said("请写明要问的问题")
CLOSES_EARLY = Said("结束日期应当在今天和开始日期以后")
TOO_LONG = Said("一个议题最多开放 {most} 天")
NOT_OPEN = Said("议题在 {from} 至 {until} 开放，今天不能提出观点或者表态")
SAME = Said("这个议题下已经有同样的观点，可以对它表态")
ENOUGH = Said("一人在一个议题下最多提出 {most} 条观点")
NO_STANCE = Said("请选赞成、不赞成或者跳过")
HIDDEN = Said("这条观点已经不予显示，不能表态")
TOO_FEW = Said("表态的人不到 {least} 人，不给出态度表：人少时看得出是谁")


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What a topic asks, about what, from when until when."""

    question: str
    closes_on: date
    opens_on: date | None = None
    about: str = ""
    project: Project | None = None
    process: Process | None = None


class _Unchanged(Exception):
    """Somebody took the stance that they had."""


def open_topic(
    *, by: Member, owner: Organisation, opening: Opening, key: str | None = None
) -> Topic:
    """Ask a question, on which people then speak."""
    topic = Topic(
        question=opening.question.strip(),
        about=opening.about or (opening.project.thing().name if opening.project else ""),
        project=opening.project,
        process=opening.process,
        owner=owner,
        closes_on=opening.closes_on,
    )
    if by.office is not None:
        topic.office_id = UUID(by.office)
    with act(by, "open_topic", on=topic.thing(), key=key) as record:
        topic.opens_on = opening.opens_on or record.business_date
        _refuse_unfit(topic, today=record.business_date)
        topic.save(force_insert=True)
        record["text"] = topic.question
        if topic.about:
            record["about"] = topic.about
        record["from"] = topic.opens_on.isoformat()
        record["until"] = topic.closes_on.isoformat()
    return topic


def close_topic(*, by: Member, topic: Topic, key: str | None = None) -> Topic:
    """End a topic: nothing changes any more; the log keeps the digest of its tallies."""
    with act(by, "close_topic", on=topic, key=key) as record:
        topic.stage = Topic.Stage.CLOSED
        topic.save(update_fields=["stage"])
        rows = TallyPart.objects.filter(statement__topic=topic).order_by("statement", "pk")
        sums: dict[str, Tally] = {}
        for part in rows.iterator():
            statement = str(part.statement_id)
            sums[statement] = sums.get(statement, Tally()).with_part(part.tally())
        record["count"] = sum(each.seen for each in sums.values())
        told: dict[str, Sealable] = {
            each: [sum_.agree, sum_.disagree, sum_.passed] for each, sum_ in sums.items()
        }
        record["result"] = digest(canonical(told))
    return topic


def export_stances(*, by: Member, topic: Topic, key: str | None = None) -> StanceFiles:
    """Take the stances of an ended topic out as files, in which nobody has a name."""
    with act(by, "export_stances", on=topic, key=key) as record:
        files = stance_files(topic)
        least = topic_rules(on=record.business_date).matrix_from
        if files.participants < least:
            raise Unsuitable({"key": Said(TOO_FEW.text, {"least": least})})
        record["count"] = files.participants
        record["file"] = digest(files.files[VOTES])
    return files


def submit_statement(*, by: Member, topic: Topic, text: str, key: str | None = None) -> Statement:
    """Say a sentence on a topic, for others to agree with or not."""
    statement = Statement(
        topic=topic, author_id=by.person or NO_PERSON, text=" ".join(text.split())
    )
    with act(by, "submit_statement", on=statement.thing(), key=key) as record:
        rules = topic_rules(on=record.business_date)
        _hold_open(topic, today=record.business_date)
        keep_to_the_phase(
            by,
            "submit_statement",
            on=statement,
            process=topic.process,
            today=record.business_date,
        )
        problem = why_no_statement(statement.text, rules=rules) or why_not_public(statement.text)
        if problem is not None:
            raise Unsuitable({"text": problem})
        _refuse_too_many(statement, rules=rules)
        statement.submitted_on = record.business_date
        try:
            with transaction.atomic():
                statement.save(force_insert=True)
        except IntegrityError:
            raise Unsuitable({"text": SAME}) from None
        TallyPart.objects.create(statement=statement)
        record["topic"] = str(topic.pk)
        record.private("text", statement.text)
    return statement


def withdraw_statement(*, by: Member, statement: Statement, key: str | None = None) -> Statement:
    """Take one's own statement back; it is shown no longer."""
    with act(by, "withdraw_statement", on=statement, key=key) as record:
        statement.withdrawn_on = record.business_date
        statement.save(update_fields=["withdrawn_on"])
        record["topic"] = str(statement.topic_id)
    return statement


def take_stance(*, by: Member, statement: Statement, stance: str) -> StanceValue:
    """Agree with a statement, disagree, or pass; may be changed until the topic ends.

    The same stance a second time does nothing, so that a form sent twice has one effect.
    """
    value = WORDS.get(stance)
    if by.person and value is not None and _is_taken(by, statement, value):
        return value
    with (
        suppress(_Unchanged),
        act_unseen(by, "take_stance", on=statement.thing()) as record,
    ):
        if value is None:
            raise Unsuitable({"stance": NO_STANCE})
        before = _kept(by, statement, stance=value)
        record["topic"] = str(statement.topic_id)
        record.private("statement", str(statement.pk))
        record.private("stance", value.word)
        if before is not None:
            record.private("instead_of", before.word)
        count(statement.pk, value, instead_of=before)
    assert value is not None
    return value


def _kept(by: Member, statement: Statement, *, stance: StanceValue) -> StanceValue | None:
    """Keep a stance and return the one before; where nothing changes, the deed is undone."""
    today, process = business_date(), statement.topic.process
    _hold_open(statement.topic, today=today)
    keep_to_the_phase(by, "take_stance", on=statement, process=process, today=today)
    if hidings_of([statement.thing().name]):
        raise Unsuitable({"stance": HIDDEN})
    before = keep_stance(statement.pk, who=UUID(counts_as(by)), stance=stance)
    if before is stance:
        raise _Unchanged
    return before


def _is_taken(by: Member, statement: Statement, value: StanceValue) -> bool:
    return stances_of(UUID(counts_as(by)), [statement.pk]).get(statement.pk) is value


def _hold_open(topic: Topic, *, today: date) -> None:
    if today < topic.opens_on or not is_held_open(topic, today=today):
        days = {"from": topic.opens_on.isoformat(), "until": topic.closes_on.isoformat()}
        raise Unsuitable({"text": Said(NOT_OPEN.text, days)})


def _refuse_unfit(topic: Topic, *, today: date) -> None:
    most = topic_rules(on=today).days_most
    faults: dict[str, Said] = {}
    if not topic.question:
        faults["question"] = NO_QUESTION
    elif personal := why_not_public(topic.question):
        faults["question"] = personal
    if topic.closes_on < max(today, topic.opens_on):
        faults["closes_on"] = CLOSES_EARLY
    elif topic.closes_on - topic.opens_on > timedelta(days=most):
        faults["closes_on"] = Said(TOO_LONG.text, {"most": most})
    if faults:
        raise Unsuitable(faults)


def _refuse_too_many(statement: Statement, *, rules: TopicRules) -> None:
    own = Statement.objects.filter(topic=statement.topic, author=statement.author_id)
    if own.count() >= rules.statements_of_one:
        raise Unsuitable({"text": Said(ENOUGH.text, {"most": rules.statements_of_one})})
