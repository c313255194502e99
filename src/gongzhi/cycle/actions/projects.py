"""How projects come in, what is said about them, who has a part in them, which aims they serve."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from gongzhi.core.charter import Member
from gongzhi.core.sealed import canonical, digest
from gongzhi.core.terms import FiscalYear, Money, Said
from gongzhi.cycle.actions.adding_up import add_up_again
from gongzhi.cycle.models import Aim, Partner, Profile, Project
from gongzhi.parties.deeds import act
from gongzhi.parties.models import Organisation, Region
from gongzhi.parties.unsuitable import Unsuitable

DOES_MAX = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """What a unit says about its project: class of function, basis, time, money by year, aim."""

    category: str = ""
    functional: str = ""
    basis: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    total: Money | None = None
    by_year: dict[FiscalYear, Money] = field(default_factory=dict)
    aim: Aim | None = None


def register_project(*, by: Member, unit: Organisation, code: str, name: str) -> Project:
    """Add a project; nobody but its unit knows of it before something of it is disclosed."""
    with act(by, "register_project", on=unit) as record:
        project = Project.objects.create(unit=unit, code=code, name=name)
        record["project"] = str(project.pk)
    return project


def describe_project(
    *, by: Member, project: Project, about: Description, key: str | None = None
) -> Profile:
    """Say anew what a project is about; what was said before stays.

    Raises Unsuitable where it would end before it starts, or its class isn't made of digits.
    """
    with act(by, "describe_project", on=project, key=key) as record:
        faults = _faults(about)
        if faults:
            raise Unsuitable(faults)
        profile = Profile.objects.create(
            project=project,
            category=about.category,
            functional=about.functional,
            basis=about.basis,
            starts_on=about.starts_on,
            ends_on=about.ends_on,
            total=about.total,
            by_year={str(year): str(amount) for year, amount in sorted(about.by_year.items())},
            aim=about.aim,
            described_on=record.business_date,
        )
        record.private("profile", digest(canonical(_as_record(profile))))
        add_up_again([project.unit_id])
    return profile


def _faults(about: Description) -> dict[str, Said]:
    faults = {}
    if about.starts_on and about.ends_on and about.ends_on < about.starts_on:
        faults["ends_on"] = Said("结束日期早于开始日期")
    if about.functional and not (about.functional.isdecimal() and 3 <= len(about.functional) <= 7):
        faults["functional"] = Said("功能分类是 3 到 7 位数字")
    if any(amount < 0 for amount in (about.total or 0, *about.by_year.values())):
        faults["total"] = Said("金额不能为负")
    return faults


def _as_record(profile: Profile) -> dict[str, str]:
    said = {
        "category": profile.category,
        "functional": profile.functional,
        "basis": profile.basis,
        "starts_on": profile.starts_on,
        "ends_on": profile.ends_on,
        "total": profile.total,
        "by_year": sorted(profile.by_year.items()),
        "aim": profile.aim_id,
    }
    return {name: str(value) for name, value in said.items() if value}


def add_partner(
    *,
    by: Member,
    project: Project,
    organisation: Organisation,
    does: str,
    key: str | None = None,
) -> Partner:
    """Say that another organisation has a part in a project, and which."""
    with act(by, "add_partner", on=project, key=key) as record:
        if organisation.pk == project.unit_id:
            raise Unsuitable({"organisation": Said("这是项目自己的单位")})
        if not does.strip() or len(does) > DOES_MAX:
            raise Unsuitable({"does": Said("请写它承担什么，最多 {most} 字", {"most": DOES_MAX})})
        if project.partners.filter(organisation=organisation, until_on=None).exists():
            raise Unsuitable({"organisation": Said("这个单位已经登记过")})
        partner = Partner.objects.create(
            project=project,
            organisation=organisation,
            does=does.strip(),
            since_on=record.business_date,
        )
        record["organisation"] = str(organisation.pk)
        record.private("does", partner.does)
    return partner


def end_partner(
    *, by: Member, project: Project, organisation: UUID, key: str | None = None
) -> Partner:
    """Say that an organisation has no part in a project any more; that it had one stays."""
    with act(by, "end_partner", on=project, key=key) as record:
        partners = Partner.objects.filter(project=project, organisation=organisation)
        partner: Partner | None = partners.filter(until_on=None).first()
        if partner is None:
            raise Unsuitable({"organisation": Said("这个单位现在没有承担这个项目")})
        partner.until_on = record.business_date
        partner.save(update_fields=["until_on"])
        record["organisation"] = str(organisation)
    return partner


def announce_aim(
    *,
    by: Member,
    region: Region,
    code: str,
    name: str,
    kind: str,
    within: Aim | None = None,
    document: str = "",
    key: str | None = None,
) -> Aim:
    """Register an aim that was announced: in a plan, a work report, a promise, a department's."""
    with act(by, "announce_aim", on=region, key=key) as record:
        if kind not in Aim.Kind.values:
            raise Unsuitable({"kind": Said("请选择目标的来源")})
        if Aim.objects.filter(code=code).exists():
            raise Unsuitable({"code": Said("这个编号已经用过")})
        aim = Aim.objects.create(code=code, name=name, kind=kind, within=within, document=document)
        record["aim"] = {"code": code, "name": name, "kind": kind, "document": document}
    return aim
