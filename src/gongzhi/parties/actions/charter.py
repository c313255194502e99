"""Deeds that put the rules in force here: take up the model text, adopt and suspend parts."""

from collections.abc import Iterator
from datetime import date

from gongzhi.core.charter import INSTALLATION, Member
from gongzhi.core.terms import Problem, Said, Where
from gongzhi.parties.adoption import PartState, newest_version
from gongzhi.parties.charter_texts import as_json, digest_of
from gongzhi.parties.deeds import Record, act
from gongzhi.parties.models import Adoption, CharterVersion
from gongzhi.rules.charter import read_texts


class NotInOrder(Exception):
    """What was filled in can't be taken; every fault with what to do about it, nothing was done."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("; ".join(problem.what.text for problem in problems))
        self.problems = problems


def take_up_model_text(*, by: Member) -> CharterVersion:
    """Keep the shipped text as this place's newest version; none of its parts is adopted by that.

    Only while nothing was decided here: a text that was adopted changes by amendment alone.
    """
    with act(by, "take_up_model_text", on=INSTALLATION) as record:
        assert not Adoption.objects.exists(), "adopted rules change by amendment"
        newest = newest_version()
        texts = as_json(read_texts())
        version = CharterVersion.objects.create(
            number=newest.number + 1 if newest else 1,
            texts=texts,
            digest=digest_of(texts),
            in_force_from=record.business_date,
        )
        record["number"] = version.number
        record["digest"] = version.digest
    return version


def adopt_part(
    *,
    by: Member,
    part: PartState,
    authority: str,
    document_number: str,
    in_force_from: date,
    in_force_until: date | None = None,
    key: str | None = None,
) -> Adoption:
    """Put a part of the rules in force, as the authority's document says.

    The day may be past: a document that held before it was entered here is entered as it is.
    """
    decision = Adoption(
        part=part.number,
        adopted=True,
        authority=authority.strip(),
        document_number=document_number.strip(),
        in_force_from=in_force_from,
        in_force_until=in_force_until,
    )
    with act(by, "adopt_part", on=part, key=key) as record:
        _decide(decision, by=by, record=record)
    return decision


def suspend_part(
    *,
    by: Member,
    part: PartState,
    authority: str,
    document_number: str,
    in_force_from: date,
    in_force_until: date | None = None,
    key: str | None = None,
) -> Adoption:
    """Take a part of the rules out of force, from a day on or for a time: its rights are off."""
    decision = Adoption(
        part=part.number,
        adopted=False,
        authority=authority.strip(),
        document_number=document_number.strip(),
        in_force_from=in_force_from,
        in_force_until=in_force_until,
    )
    with act(by, "suspend_part", on=part, key=key) as record:
        _decide(decision, by=by, record=record)
    return decision


def _decide(decision: Adoption, *, by: Member, record: Record) -> None:
    """Store a decision on a part; the log states it whole, for it is public."""
    faults = tuple(faults_of_document(decision.authority, decision.document_number))
    until = decision.in_force_until
    if until is not None and until < decision.in_force_from:
        faults += (_fault(Said("截止日期早于起始日期"), hint=Said("请改正其中一个日期")),)
    if faults:
        raise NotInOrder(faults)
    newest = newest_version()
    assert newest is not None, "the model text is taken up before any part is adopted"
    assert by.organisation is not None, "the issuer stands in an office"
    decision.organisation_id = by.organisation
    decision.save(force_insert=True)
    record["part"] = decision.part
    record["authority"] = decision.authority
    record["document_number"] = decision.document_number
    record["from"] = decision.in_force_from.isoformat()
    record["until"] = until.isoformat() if until else None
    record["version"] = newest.number
    record["digest"] = newest.digest


def faults_of_document(authority: str, document_number: str) -> Iterator[Problem]:
    """An authority's decision names the authority and its document."""
    if not authority.strip():
        yield _fault(Said("没有写明机关"), hint=Said("请写明印发机关的名称"))
    if not document_number.strip():
        yield _fault(Said("没有写明文号"), hint=Said("请写明印发文件的文号"))


def _fault(what: Said, *, hint: Said) -> Problem:
    return Problem(where=Where(), what=what, hint=hint)
