"""Admission: applying for an organisation, and the registrar's decision with its answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from gongzhi.core.charter import INSTALLATION, SYSTEM, Member
from gongzhi.core.terms import Said
from gongzhi.parties.actions.people import Link, Offer, invite_person
from gongzhi.parties.actions.setting_up import register_organisation
from gongzhi.parties.admission import APPLICANTS, TEXT_MAX, Admission, Applicant
from gongzhi.parties.clocks import due_by_clause
from gongzhi.parties.contacts import plain_address
from gongzhi.parties.deeds import act
from gongzhi.parties.invitations import Invitee, new_token
from gongzhi.parties.models import Organisation, Region
from gongzhi.parties.people import NAME_MAX
from gongzhi.parties.registration import plain_credit_code, suits_kind
from gongzhi.parties.sending import send
from gongzhi.parties.unsuitable import Unsuitable
from gongzhi.rules.offices import office_rules

ORGANISATION_NAME_MAX = 200
DECIDING = "admit_organisation"
FIRST_TITLE = "本单位管理岗"


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """What an organisation says of itself; which details are wanted depends on its kind."""

    kind: str
    name: str
    code: str
    purpose: str
    applicant: Applicant
    registration_number: str = ""
    competent_unit: str = ""


def apply_for_admission(
    *, by: Member, region: Region, application: Application, key: str | None = None
) -> Admission:
    """Ask for an organisation to take part; the clock of clause 2.10 begins."""
    with act(by, "apply_for_admission", on=INSTALLATION, key=key) as record:
        today = record.business_date
        faults = faults_of_application(application, today=today)
        if faults:
            raise Unsuitable(faults)
        due = due_by_clause(DECIDING, opened_on=today)
        admission = Admission(
            region=region,
            kind=application.kind,
            name=application.name.strip(),
            code=plain_credit_code(application.code),
            details=_details(application),
            applied_on=today,
            due_on=due.on if due else None,
            provisional=due.provisional if due else False,
        )
        admission.put_in(application.applicant)
        _enter(admission)
        record["admission"] = str(admission.pk)
        record["kind"] = admission.kind
        record.private("code", admission.code)
    return admission


def admit_organisation(
    *, by: Member, admission: Admission, site: str, key: str | None = None
) -> Organisation:
    """Let an organisation take part, and invite whoever applied to be its first person."""
    with act(by, "admit_organisation", on=admission, key=key) as record:
        organisation = register_organisation(
            by=SYSTEM,
            region=admission.region,
            code=admission.code,
            name=admission.name,
            kind=admission.kind,
        )
        _invite_first(organisation, admission.taken_out(), site=site)
        _decide(admission, stage=Admission.Stage.ADMITTED, on=record.business_date)
        record["organisation"] = str(organisation.pk)
        record["on_time"] = _is_on_time(admission, today=record.business_date)
    return organisation


def decline_admission(
    *, by: Member, admission: Admission, reason: str, key: str | None = None
) -> Admission:
    """Say no, why, and how to make it good; the organisation may apply again."""
    with act(by, "decline_admission", on=admission, key=key) as record:
        _tell_reason(admission, admission.taken_out(), reason=reason)
        _decide(admission, stage=Admission.Stage.DECLINED, on=record.business_date, reason=reason)
        record["on_time"] = _is_on_time(admission, today=record.business_date)
        record.private("reason", reason)
    return admission


def faults_of_application(application: Application, *, today: date) -> Mapping[str, Said]:
    """What stands against an application, by field."""
    faults = {
        field: Said("请填写，最多 {most} 个字", {"most": most})
        for field, value, most in _texts(application)
        if not 0 < len(value.strip()) <= most
    }
    if application.kind not in APPLICANTS:
        faults["kind"] = Said("请选单位的类别")
    applicant = application.applicant
    if not plain_address(applicant.channel, applicant.address):
        faults["address"] = Said("请写能收到答复的电子邮箱或者手机号码")
    faults |= _faults_of_code(application)
    most = office_rules(on=today).applications_waiting_max
    if not faults and Admission.objects.waiting().count() >= most:
        faults["kind"] = Said("等候办理的申请已满 {most} 件，请过几天再来", {"most": most})
    return faults


def _texts(application: Application) -> tuple[tuple[str, str, int], ...]:
    """The texts that are wanted: field, value, and how long it may be."""
    applicant = application.applicant
    wanted = (
        ("name", application.name, ORGANISATION_NAME_MAX),
        ("purpose", application.purpose, TEXT_MAX),
        ("responsible", applicant.responsible, NAME_MAX),
        ("person", applicant.name, NAME_MAX),
    )
    if application.kind != "social":
        return wanted
    return (
        *wanted,
        ("registration_number", application.registration_number, 40),
        ("competent_unit", application.competent_unit, ORGANISATION_NAME_MAX),
    )


def _faults_of_code(application: Application) -> Mapping[str, Said]:
    """The code has a check digit, tells who registered the organisation, and is used once."""
    code = plain_credit_code(application.code)
    if not code:
        return {"code": Said("统一社会信用代码是 18 位，请核对最后一位校验码")}
    if not suits_kind(code, kind=application.kind):
        return {"code": Said("这个代码不是这一类单位的登记机关发的，请核对单位类别")}
    if Organisation.objects.filter(code=code).exists():
        return {"code": Said("这个单位已被接纳，请由本单位管理岗邀请您")}
    if Admission.objects.waiting().filter(code=code).exists():
        return {"code": Said("这个单位的申请正在办理，不用再报")}
    return {}


def _enter(admission: Admission) -> None:
    try:
        with transaction.atomic():
            admission.save(force_insert=True)
    except IntegrityError as error:  # the same organisation applied a moment ago
        raise Unsuitable({"code": Said("这个单位的申请正在办理，不用再报")}) from error


def _details(application: Application) -> dict[str, str]:
    details = {"purpose": application.purpose.strip()}
    if application.kind == "social":
        details["registration_number"] = application.registration_number.strip()
        details["competent_unit"] = application.competent_unit.strip()
    return details


def _decide(admission: Admission, *, stage: str, on: date, reason: str = "") -> None:
    """No more to do; whoever applied was told, and is forgotten here."""
    admission.stage, admission.decided_on, admission.reason = stage, on, reason
    admission.locked_applicant = None
    admission.save(update_fields=["stage", "decided_on", "reason", "locked_applicant"])


def _is_on_time(admission: Admission, *, today: date) -> bool:
    return admission.due_on is None or today <= admission.due_on


def _invite_first(organisation: Organisation, applicant: Applicant | None, *, site: str) -> None:
    """The first person manages the organisation's own offices and invites the others."""
    assert applicant is not None, "whoever applied is kept until it is decided"
    with translation.override(applicant.language or None):
        invite_person(
            by=SYSTEM,
            organisation=organisation,
            invitee=Invitee(
                name=applicant.name, channel=applicant.channel, address=applicant.address
            ),
            link=Link(site=site, token=new_token()),
            offer=Offer(title=FIRST_TITLE, roles=("organisation_admin",)),
        )


def _tell_reason(admission: Admission, applicant: Applicant | None, *, reason: str) -> None:
    assert applicant is not None, "whoever applied is kept until it is decided"
    with translation.override(applicant.language or None):
        send(
            channel=applicant.channel,
            address=applicant.address,
            subject=_("没有接纳 %(name)s") % {"name": admission.name},
            text=_("理由：%(reason)s 补正以后可以再次申请。") % {"reason": reason},
        )
