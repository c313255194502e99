"""A unit's deeds with its forms: draft, publish, correct, answer."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from gongzhi.core.charter import Member
from gongzhi.core.sealed import canonical, digest
from gongzhi.core.terms import FiscalYear, Form, Said
from gongzhi.cycle.actions.adding_up import open_projects
from gongzhi.cycle.findings import derived
from gongzhi.cycle.models import DRAFTS, Answer, DerivedFinding, FormVersion, Project
from gongzhi.cycle.self_evaluating import differs, explanations, unexplained
from gongzhi.papers.record import form_as_record
from gongzhi.parties.deeds import Record, act
from gongzhi.parties.unsuitable import Unsuitable

Stage = FormVersion.Stage
NO_REASONS: Mapping[str, str] = MappingProxyType({})
UNEXPLAINED = Said("还有 {count} 处与事实不一致没有写理由，不能公开")


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """A finding that the unit accepts, with what it has to say."""

    code: str
    indicator: int | None = None
    text: str = ""


def draft_form(
    *,
    by: Member,
    project: Project,
    form: Form,
    fiscal_year: FiscalYear,
    pack: str,
    source_digest: str = "",
    reasons: Mapping[str, str] = NO_REASONS,
    unfinished: bool = False,
    key: str | None = None,
) -> FormVersion:
    """Keep a form as the unit's draft, checked: the unit sees its faults before anyone else.

    An earlier draft of the same form is withdrawn. `reasons` tell by field why a self-evaluation
    says otherwise than the facts; where one is missing, raises Unsuitable unless it is unfinished.
    """
    with act(by, "draft_form", on=project, key=key) as record:
        assert by.person is not None, "whoever drafts stands in an office"
        today = record.business_date
        found = differs(form, project=project, year=fiscal_year, pack=pack, on=today, reader=by)
        explained, faults = explanations(found, reasons, unfinished=unfinished)
        if faults:
            raise Unsuitable(faults)
        current = _before(project, form=form, fiscal_year=fiscal_year, by=by)
        version = FormVersion.objects.create(
            project=project,
            form_type=form.form_type,
            fiscal_year=fiscal_year,
            stage=Stage.CORRECTION if current else Stage.DRAFT,
            record=form_as_record(form),
            explained=[each.as_record() for each in explained],
            pack=pack,
            source_digest=source_digest,
            replaces=current,
            drafted_by_id=by.person,
        )
        DerivedFinding.objects.bulk_create(derived(version))
        _promise(version, record=record)
    return version


def withdraw_draft(*, by: Member, version: FormVersion, key: str | None = None) -> None:
    """Give a draft up; it stays with the unit, out of the way."""
    with act(by, "withdraw_draft", on=version, key=key):
        version.stage = Stage.WITHDRAWN
        version.save(update_fields=["stage"])


def publish_form(
    *, by: Member, version: FormVersion, review: str, key: str | None = None
) -> FormVersion:
    """Publish a first version for good; `review` says what the examination before it found."""
    with act(by, "publish_form", on=version, key=key) as record:
        _publish(version, record=record, review=review)
    return version


def correct_form(
    *,
    by: Member,
    version: FormVersion,
    review: str,
    reason: str,
    accepts: Iterable[Accepted] = (),
    key: str | None = None,
) -> FormVersion:
    """Publish a correction, with its reason and the findings accepted in what it replaces."""
    with act(by, "correct_form", on=version, key=key) as record:
        _publish(version, record=record, review=review)
        replaced = version.replaces
        assert replaced is not None, "a constraint sees to it"
        record["replaces"] = str(replaced.pk)
        record.private("reason", reason)
        for accepted in accepts:
            accept_finding(
                by=by,
                version=replaced,
                code=accepted.code,
                indicator=accepted.indicator,
                text=accepted.text,
                new_version=version,
            )
    return version


def explain_finding(
    *,
    by: Member,
    version: FormVersion,
    code: str,
    indicator: int | None,
    text: str,
    key: str | None = None,
) -> Answer:
    """Say which good reason a finding has; raises DerivedFinding.DoesNotExist for none such."""
    with act(by, "explain_finding", on=version, key=key) as record:
        finding = _finding_in(version, code=code, indicator=indicator)
        answer = Answer(kind=Answer.Kind.EXPLAIN, text=text)
        _keep(answer, by=by, finding=finding, record=record)
    return answer


def accept_finding(
    *,
    by: Member,
    version: FormVersion,
    code: str,
    indicator: int | None,
    text: str = "",
    new_version: FormVersion | None = None,
    key: str | None = None,
) -> Answer:
    """Say that a finding is right; the correction follows, or is published with it."""
    with act(by, "accept_finding", on=version, key=key) as record:
        finding = _finding_in(version, code=code, indicator=indicator)
        answer = Answer(kind=Answer.Kind.ACCEPT, text=text, new_version=new_version)
        _keep(answer, by=by, finding=finding, record=record)
    return answer


def _before(
    project: Project, *, form: Form, fiscal_year: FiscalYear, by: Member
) -> FormVersion | None:
    """The version that a draft would correct; earlier drafts of the same form are given up."""
    same = project.versions.filter(form_type=form.form_type, fiscal_year=fiscal_year)
    for earlier in same.filter(stage__in=DRAFTS):
        withdraw_draft(by=by, version=earlier)
    current: FormVersion | None = same.current().first()
    return current


def _promise(version: FormVersion, *, record: Record) -> None:
    """What the log learns of a draft: which version, and promises of its content."""
    record["version"] = str(version.pk)
    record.private("record", digest(canonical(version.record)))
    if version.explained:
        record.private("explained", digest(canonical(version.explained)))
    if version.source_digest:
        record.private("source", version.source_digest)


def refuse_unexplained(explained: Sequence[Mapping[str, Any]]) -> None:
    """Raise Unsuitable where a difference from the facts lacks its reason."""
    if lacking := unexplained(explained):
        raise Unsuitable({"explained": Said(UNEXPLAINED.text, {"count": lacking})})


def _publish(version: FormVersion, *, record: Record, review: str) -> None:
    """Number the version and open it to everybody; the project's row keeps numbers apart."""
    refuse_unexplained(version.explained)
    project = Project.objects.select_for_update().get(pk=version.project_id)
    same = project.versions.filter(form_type=version.form_type, fiscal_year=version.fiscal_year)
    version.number = same.published().count() + 1
    version.stage = Stage.PUBLISHED
    version.published_on = record.business_date
    version.save(update_fields=["number", "stage", "published_on"])
    open_projects(Project.objects.filter(pk=project.pk))
    record["project"] = str(project.pk)
    record["form_type"] = str(version.form_type)
    record["fiscal_year"] = version.fiscal_year
    record["number"] = version.number
    record["pack"] = version.pack
    record["form"] = digest(canonical(version.record))
    if version.explained:
        record["explained"] = digest(canonical(version.explained))
    if version.source_digest:
        record["source"] = version.source_digest
    record.private("review", review)


def _finding_in(version: FormVersion, *, code: str, indicator: int | None) -> DerivedFinding:
    return version.findings.filter(code=code, indicator=indicator)[:1].get()


def _keep(answer: Answer, *, by: Member, finding: DerivedFinding, record: Record) -> None:
    """Store an answer; the log learns which finding it is about, and only a promise of the text."""
    assert by.office is not None, "whoever answers stands in an office"
    answer.version = finding.version
    answer.code, answer.indicator = finding.code, finding.indicator
    answer.office_id = by.office
    answer.answered_on = record.business_date
    answer.save(force_insert=True)
    record["code"] = answer.code
    record["indicator"] = answer.indicator
    record.private("text", answer.text)
