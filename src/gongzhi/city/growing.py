"""Grows the demo's city: its parties, its published forms, answers and drafts, all by deeds.

The story stands in yunhe.toml. Growing is done whole or not at all, and once: a city that is
there stays as it is.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

from django.utils import timezone

from gongzhi.city.adopting import adopt_as_told
from gongzhi.city.citizens import settle_citizen
from gongzhi.city.forms import sample_form
from gongzhi.city.invented import CityYear, the_year
from gongzhi.city.living import (
    Happening,
    When,
    catch_up_with_rules,
    live_through,
    live_until,
)
from gongzhi.city.own_files import is_trial
from gongzhi.core.charter import SYSTEM, VISITOR, Member
from gongzhi.core.terms import Form
from gongzhi.cycle.actions import (
    Accepted,
    accept_finding,
    correct_form,
    draft_form,
    explain_finding,
    publish_form,
    register_project,
)
from gongzhi.cycle.actions.adding_up import adding_up_once
from gongzhi.cycle.models import FormVersion, Project
from gongzhi.desk.actions.openings import seal_openings
from gongzhi.desk.openings import note_opening
from gongzhi.parties.actions.admission import Application, apply_for_admission
from gongzhi.parties.actions.charter import take_up_model_text
from gongzhi.parties.actions.offices import (
    Delegation,
    assign_office,
    declare_conflict,
    delegate_office,
)
from gongzhi.parties.actions.setting_up import (
    move_business_date,
    register_organisation,
    register_person,
    register_region,
)
from gongzhi.parties.admission import Applicant
from gongzhi.parties.business_date import business_date
from gongzhi.parties.members import member_in
from gongzhi.parties.model_text import model_text_is_due
from gongzhi.parties.models import Office, Organisation, Person, Region
from gongzhi.rules.packs import guess_pack
from gongzhi.trust.sequencing import sequence

STORY = Path(__file__).parent / "yunhe.toml"
BEGAN_ON = date(2026, 1, 5)
REVIEWED = "不含国家秘密、个人信息和依法不得公开的内容。"
WHOLE_DEPARTMENT = "部门整体支出"  # what a department's own form is about
SOME_PLACE = re.compile("^某省某[县市区]")  # how published_forms.toml hides where a form is from

Entry = Mapping[str, Any]


def grow(*, year: bool = False, city: CityYear | None = None) -> None:
    """Grow the city, unless it has been grown or somebody's own files are there; seal what is done.

    With its year, everything that the city's year holds up to that day is done as well. A city that
    was grown without first gets the rules for it by an amendment, and then does all on the day that
    it has now; where somebody amended the rules otherwise, Refused is raised and nothing is done.
    Who has another year than the whole city's hands it in.
    """
    if is_trial():
        return
    story = tomllib.loads(STORY.read_text(encoding="utf-8"), parse_float=Decimal)
    if not Region.objects.filter(code=story["region"]["code"]).exists():
        with adding_up_once():
            _City(name=story["region"]["name"], year=(city or the_year()) if year else None).live(
                story
            )
    elif year:
        with adding_up_once():
            lived = business_date()
            catch_up_with_rules()
            live_until(business_date(), city=city, after=lived)
    while sequence():
        pass


@dataclass(slots=True, kw_only=True)
class _City:
    """What the story has brought about so far."""

    name: str
    year: CityYear | None
    members: dict[tuple[str, str], Member] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    offices: dict[str, Office] = field(default_factory=dict)
    projects: dict[str, Project] = field(default_factory=dict)
    drafts: dict[str, FormVersion] = field(default_factory=dict)
    published: dict[str, FormVersion] = field(default_factory=dict)

    def live(self, story: Entry) -> None:
        """Everything, in order, each deed on its day."""
        move_business_date(to=BEGAN_ON)
        if model_text_is_due():
            take_up_model_text(by=SYSTEM)
        self._register(story)
        adoption = story["adoption"]
        issuer = self.members[adoption["by"], "issuer"]
        adopt_as_told(adoption, by=issuer, in_force_from=BEGAN_ON)
        deeds = [
            Happening(on=deed["on"], when=When.FORMS, do=partial(self._tell, deed))
            for deed in story["deed"]
        ]
        if self.year is None:
            live_through(deeds)
        else:
            live_until(max(deed.on for deed in deeds), city=self.year, beside=deeds)
        seal_openings(until=timezone.now())

    def _register(self, story: Entry) -> None:
        whole = story["region"]
        region = register_region(
            by=SYSTEM, code=whole["code"], name=self.name, people=whole["people"]
        )
        streets = {"": region}
        for place in story["place"]:
            street = streets[place["code"]] = register_region(
                by=SYSTEM,
                code=place["code"],
                name=place["name"],
                parent=region,
                people=place["people"],
            )
            for each in place["community"]:
                register_region(by=SYSTEM, code=each["code"], name=each["name"], parent=street)
        for entry in story["organisation"]:
            known = {name: entry[name] for name in ("code", "name", "kind")}
            of = streets[entry.get("place", "")]
            organisation = register_organisation(by=SYSTEM, region=of, **known)
            self.organisations[entry["code"]] = organisation
            for who in entry["cast"]:
                self._enter(who, organisation)
        for who in story["citizen"]:
            settle_citizen(username=who["username"], name=who["name"])

    def _enter(self, who: Entry, organisation: Organisation) -> None:
        """Somebody of the cast, perhaps in an office; only the demo's switcher can be them."""
        person = register_person(
            by=SYSTEM, username=who["username"], name=who["name"], organisation=organisation
        )
        if "title" not in who:
            return
        office = assign_office(
            by=SYSTEM,
            person=person,
            organisation=organisation,
            title=who["title"],
            roles=who["roles"],
            since_on=BEGAN_ON,
        )
        self.offices[person.username] = office
        for role in who["roles"]:
            self.members[organisation.code, role] = _verified(office)

    def _tell(self, deed: Entry) -> None:
        match deed:
            case {"draft": record}:
                self.drafts[record] = self._draft(record, deed)
            case {"read": record}:
                reader = _verified(self.offices[deed["by"]])
                note_opening(by=reader, thing=self.drafts[record].thing())
            case {"publish": record}:
                version = self._draft(record, deed)
                reviewer = self.members[deed["by"], "reviewer"]
                publish_form(by=reviewer, version=version, review=REVIEWED)
                self.published[record] = version
            case {"correct": record}:
                self._correct(record, deed)
            case {"explain": record}:
                explain_finding(by=self._officer(deed), text=deed["text"], **self._at(record, deed))
            case {"accept": record}:
                accept_finding(by=self._officer(deed), text=deed["text"], **self._at(record, deed))
            case {"delegate": who} | {"declare": who}:
                self._of_people(self.offices[who], deed)
            case {"apply": name}:
                self._apply(name, deed)
            case _:
                raise AssertionError(f"the story knows no such deed: {deed}")

    def _of_people(self, office: Office, deed: Entry) -> None:
        """Somebody lets a colleague act for them, or stands aside."""
        if "declare" in deed:
            declare_conflict(
                by=_verified(office),
                about=self.organisations[deed["about"]].thing(),
                reason=deed["text"],
                since_on=deed["on"],
            )
            return
        delegation = Delegation(
            to=Person.objects.get(username=deed["to"]),
            roles=deed["roles"],
            since_on=deed["on"],
            until_on=deed["on"] + timedelta(days=deed["days"]),
        )
        delegate_office(by=_verified(office), office=office, delegation=delegation)

    def _apply(self, name: str, deed: Entry) -> None:
        """An organisation asks to take part, as anybody can on the public page."""
        said = ("kind", "code", "purpose", "registration_number", "competent_unit")
        application = Application(
            name=name,
            applicant=Applicant(
                responsible=deed["responsible"],
                name=deed["person"],
                channel="email",
                address=deed["address"],
                language="zh-hans",
            ),
            **{field: deed[field] for field in said},
        )
        apply_for_admission(
            by=VISITOR, region=Region.objects.get(parent=None), application=application
        )

    def _draft(self, record: str, deed: Entry) -> FormVersion:
        form = self._form(record, deed)
        if record not in self.projects:
            self.projects[record] = register_project(
                by=SYSTEM,
                unit=self.organisations[deed["by"]],
                code=f"990100-{record}",
                name=form.project or WHOLE_DEPARTMENT,
            )
        return draft_form(
            by=self._officer(deed),
            project=self.projects[record],
            form=form,
            fiscal_year=form.fiscal_year or deed["fiscal_year"],
            pack=guess_pack(form).pack.name,
        )

    def _correct(self, record: str, deed: Entry) -> None:
        version = self._draft(record, deed)
        accepts = [Accepted(**entry) for entry in deed["accepts"]]
        reviewer = self.members[deed["by"], "reviewer"]
        correct_form(
            by=reviewer, version=version, review=REVIEWED, reason=deed["reason"], accepts=accepts
        )
        self.published[record] = version

    def _form(self, record: str, deed: Entry) -> Form:
        """The form as the city's organisation fills it in: its own name, a unit without name."""
        form = sample_form(record, changes=deed.get("changes"))
        own = self.organisations[deed["by"]].name
        unit = form.unit and deed.get("unit", own)
        return replace(form, department=self._here(form.department, own), unit=unit)

    def _here(self, department: str | None, own: str) -> str | None:
        """Transfer payments come from above the city; everything else is the city's own."""
        return own if department is None or SOME_PLACE.match(department) else department

    def _officer(self, deed: Entry) -> Member:
        return self.members[deed["by"], "officer"]

    def _at(self, record: str, deed: Entry) -> dict[str, Any]:
        """Which finding of which version is answered."""
        return {
            "version": self.published[record],
            "code": deed["code"],
            "indicator": deed.get("indicator"),
        }


def _verified(office: Office) -> Member:
    """Somebody of the cast in their office, as if they had just shown a factor."""
    return member_in(office, second_factor=True, fresh=True)
