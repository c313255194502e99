"""Everybody and everything that the sweeps over all operations try: each party in each role, and a
thing of every kind at its stages. A new kind of thing is a line in THINGS.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import cycle as cycle_through
from typing import Any, TypeAlias
from uuid import uuid4

from django.utils import timezone

import city_hall
from apps.parties.numbers import credit_code
from apps.web import talks
from apps.web.balance_things import compensations, negotiations, objections, positions
from apps.web.hooks import hooks
from apps.web.letters import letters, rectifications
from apps.web.market_things import consents, cost_quotes, joint_projects, market_questions
from apps.web.meetings import action_items, attendances, meetings, own_feeds, series
from apps.web.panels import panel_opinions, panel_volunteers, panels
from apps.web.processes import processes, stakeholders
from apps.web.remarks import remarks
from apps.web.surveys import surveys
from apps.web.voices import voices
from apps.web.votes import vote_proposals, votes
from gongzhi.city.citizens import settle_citizen
from gongzhi.connectors.opening import open_source
from gongzhi.connectors.trying import Wanted, mappings_for
from gongzhi.core.charter import INSTALLATION, SYSTEM, VISITOR, Member
from gongzhi.core.charter.amending import Changes
from gongzhi.core.disclosure.content import Field, Piece
from gongzhi.core.evaluating.stages import OPEN
from gongzhi.core.goals import DraftGoal, DraftIndicator
from gongzhi.core.scoring.panel import Judged
from gongzhi.core.scoring.records import frame_as_record, frame_from_record, sheet_as_record
from gongzhi.core.scoring.sheet import Mark, Sheet
from gongzhi.core.self_evaluating import SelfEvaluation, WholeStatement
from gongzhi.cycle import actions as cycle
from gongzhi.cycle.actions import deliveries as facts
from gongzhi.cycle.actions import draws, goals, readings
from gongzhi.cycle.actions.gaps import keep_gaps
from gongzhi.cycle.goal_record import GoalPlan
from gongzhi.cycle.judgements import Judgement, Party
from gongzhi.cycle.models import (
    Alert,
    AlertStep,
    Answer,
    BudgetLine,
    Collection,
    DisclosurePack,
    Evaluation,
    FormVersion,
    Inquiry,
    InquiryAnswer,
    InquiryPoint,
    Objection,
    PackPiece,
    Reading,
    Redaction,
    Report,
    ResultDecision,
    ResultProposal,
    ScoreSheet,
    ServiceEvaluation,
    Submission,
    WholeForm,
    WorkingPaper,
)
from gongzhi.cycle.open_matters import NOTHING_OPEN
from gongzhi.cycle.result_facts import Base, BaseOf, Known
from gongzhi.cycle.result_record import proposal_and_record
from gongzhi.cycle.whole_forms import whole_as_record
from gongzhi.desk.actions import attachments, digests, exports, notices, tasks, views
from gongzhi.desk.actions.openings import seal_openings
from gongzhi.desk.models import Notice, Opening
from gongzhi.desk.openings import note_opening
from gongzhi.intake.kinds import Kind
from gongzhi.intake.listing import Listing
from gongzhi.intake.screening import ScreenedFile, screened
from gongzhi.parties.actions import admission, amending, erasing, offices, people
from gongzhi.parties.actions import setting_up as parties
from gongzhi.parties.actions.batches import close_pool
from gongzhi.parties.actions.charter import adopt_part
from gongzhi.parties.admission import Applicant
from gongzhi.parties.adoption import newest_version, part_states_today
from gongzhi.parties.business_date import business_date
from gongzhi.parties.charter_texts import as_json, digest_of
from gongzhi.parties.contacts import add_contact
from gongzhi.parties.deeds import act_unseen
from gongzhi.parties.invitations import Invitee, new_token
from gongzhi.parties.members import member_of
from gongzhi.parties.models import CharterVersion, Deed, Office, Organisation, Person, Region
from gongzhi.parties.rights import charter_in_force
from gongzhi.parties.time_codes import add_time_code, code_of, new_secret, step_at
from gongzhi.parties.unseen import Pool
from gongzhi.rules.charter import read_texts
from gongzhi.rules.packs.evaluation import load_evaluation
from gongzhi.trust.identifiers import new_id
from gongzhi.trust.sequencing import sequence
from verified import VerifiedClient, verified

PAYMENTS = "支付凭证号,项目代码,单位代码,支付日期,金额\nZ1,P1,1,2026-03-02,1200.50\n"
SHOWN_AGAIN_AFTER_S = 60
Row: TypeAlias = Any  # a row of any model, or a value that the charter can be asked about


@dataclass(frozen=True, slots=True, kw_only=True)
class Somebody:
    """One of the cast: what they are, and a browser that is theirs."""

    name: str
    member: Member
    client: VerifiedClient


class Cast:
    """A unit in every role, another unit, every kind of party; a citizen, a visitor.

    The things belong to the first unit. The `whole` cast has every role in every kind of party,
    the usual one a role for each.
    """

    def __init__(self, *, whole: bool) -> None:
        self.shown_at = time.monotonic()
        _batch()  # the first entry of the log
        self.region: Region = city_hall.region()
        self.unit = city_hall.unit("1", within=self.region)
        self.other = city_hall.unit("2", within=self.region)
        self.people = [_visitor(), _citizen()]
        roles = ("", *charter_in_force().roles)
        self.people += offices_in(self.unit.organisation, name="own", roles=roles)
        self.people += offices_in(self.other.organisation, name="other", roles=("", "officer"))
        several = cycle_through(roles[1:])
        self.people += offices_in(_society(self.region), name="society", roles=("officer",))
        for kind in Organisation.Kind.values:
            organisation = parties.register_organisation(
                by=SYSTEM, region=self.region, code=kind, name=f"某{kind}", kind=kind
            )
            chosen = roles if whole else ("", next(several))
            called = "citizens" if kind == Organisation.Kind.CITIZEN else kind
            self.people += offices_in(organisation, name=called, roles=chosen)

    def one(self, name: str) -> Somebody:
        """Somebody by what they are: "own officer", "social", "visitor"."""
        return next(each for each in self.people if each.name == name)

    def stay_fresh(self) -> None:
        """Show all second factors again before clause 3.10 finds that too long ago."""
        if time.monotonic() - self.shown_at > SHOWN_AGAIN_AFTER_S:
            for each in self.people:
                if each.member.person is not None:
                    each.client.show_factor_again()
            self.shown_at = time.monotonic()

    @cached_property
    def officer(self) -> Member:
        """Who drafts in the first unit."""
        return self.one("own officer").member

    @cached_property
    def reviewer(self) -> Member:
        """Who publishes in the first unit."""
        return self.one("own reviewer").member

    @cached_property
    def things(self) -> Mapping[str, tuple[Row, ...]]:
        """The rows of each kind that everything is tried with; what was done is published."""
        made = {kind: tuple(make(self)) for kind, make in THINGS.items()}
        sequence()
        return made


def offices_in(
    organisation: Organisation, *, name: str, roles: Iterable[str]
) -> Iterator[Somebody]:
    """Somebody in each of these roles; an empty one is an office without a role."""
    for role in roles:
        carried = (role,) if role else ()
        office = city_hall.office(organisation, f"{name}-{role or 'none'}", *carried)
        yield Somebody(
            name=f"{name} {role}".strip(),
            member=verified(office),
            client=_signed_in(office.person),
        )


def _batch() -> None:
    """Hidden deeds of a day that enter the log as one."""
    with act_unseen(VISITOR, "share_result", on=INSTALLATION) as record:
        record["said"] = "something"
        record.private("text", "something else")
    close_pool(Pool(verb="share_result", day=business_date()))


def _visitor() -> Somebody:
    return Somebody(name="visitor", member=VISITOR, client=VerifiedClient())


def _citizen() -> Somebody:
    person = settle_citizen(username="citizen", name="某人")
    member = member_of(person, second_factor=True, fresh=True)
    return Somebody(name="citizen", member=member, client=_signed_in(person))


def _signed_in(person: Person) -> VerifiedClient:
    client = VerifiedClient()
    client.force_login(person)
    return client


# ── things of every kind; what a later one stands on is made before it ──


def _projects(cast: Cast) -> Iterator[Row]:
    """One that everybody reads, once its form is published, and one that only its unit does."""
    yield cast.unit.project
    yield cycle.register_project(
        by=SYSTEM, unit=cast.unit.organisation, code="Q1", name="尚未公开的项目"
    )


def _versions(cast: Cast) -> Iterator[Row]:
    """Withdrawn, published, a draft of its correction, a first draft."""
    withdrawn = _draft(cast, fiscal_year=2023)
    cycle.withdraw_draft(by=cast.officer, version=withdrawn)
    published = _draft(cast)
    cycle.publish_form(by=cast.reviewer, version=published, review="经审查可以公开")
    for version in (withdrawn, published, _draft(cast, score="40"), _draft(cast, fiscal_year=2024)):
        version.refresh_from_db()
        yield version
    cast.unit.project.refresh_from_db()


def _draft(cast: Cast, *, score: str = "50", fiscal_year: int = city_hall.YEAR) -> FormVersion:
    return cycle.draft_form(
        by=cast.officer,
        project=cast.unit.project,
        form=city_hall.form(score=score),
        fiscal_year=fiscal_year,
        pack=city_hall.PACK,
    )


def _answers(cast: Cast) -> Iterator[Row]:
    published = FormVersion.objects.get(stage="published")
    cycle.accept_finding(by=cast.officer, version=published, code="W4", indicator=0)
    yield from Answer.objects.all()


def _attachments(cast: Cast) -> Iterator[Row]:
    """One of each class beside the published project."""
    for label in ("public", "internal", "personal"):
        yield attachments.attach_file(
            by=cast.officer, to=cast.unit.project, file=file(label), label=label
        )


def _deliveries(cast: Cast) -> Iterator[Row]:
    """A file of payments that waits, and one whose facts were kept."""
    own = cast.unit.organisation
    handed = ScreenedFile(name="支付.csv", content=PAYMENTS.encode(), kind=Kind.CSV)
    yield facts.hand_in_file(by=cast.officer, organisation=own, file=handed)
    listing = open_source("支付.csv", PAYMENTS.replace("Z1", "Z2").encode())
    assert isinstance(listing, Listing)
    mappings, _ = mappings_for(listing, Wanted())
    brought = facts.File(listing=listing, mappings=mappings)
    straight = facts.straight_from(brought, by=cast.officer, organisation=own)
    delivery, _ = facts.deliver_facts(by=cast.officer, delivery=straight, file=brought)
    yield delivery


def file(content: str) -> ScreenedFile:
    """A table that may be kept."""
    kept = screened(f"{content}.csv", f"项目名称,{content}\n".encode())
    assert isinstance(kept, ScreenedFile)
    return kept


def _exports(cast: Cast) -> Iterator[Row]:
    ordered = exports.order_export(by=cast.officer, about=cast.unit.project.thing())
    yield exports.make_export(export=ordered)


def _tasks(cast: Cast) -> Iterator[Row]:
    yield tasks.assign_task(
        by=cast.officer,
        about=cast.unit.project.thing(),
        organisation=cast.unit.organisation,
        what="核实培训人次",
        clause="4.16",
        working_days=5,
    )


def _follows(cast: Cast) -> Iterator[Row]:
    yield notices.follow_thing(by=cast.officer, about=cast.unit.project.thing())


def _notices(cast: Cast) -> Iterator[Row]:
    """What the officer is told of: that the reviewer published."""
    sequence()
    notices.tell_members()
    yield Notice.objects.filter(person=cast.officer.person)[0]


def _offices(cast: Cast) -> Iterator[Row]:
    """One that is held, one that acts for it, one that has ended."""
    today, held = business_date(), Office.objects.get(pk=cast.officer.office)
    delegation = offices.Delegation(
        to=cast.unit.reviewer_office.person, roles=["officer"], since_on=today, until_on=today
    )
    yield held
    yield offices.delegate_office(by=cast.officer, office=held, delegation=delegation)
    ended = city_hall.office(cast.unit.organisation, "who left", "officer")
    yield offices.end_office(by=cast.one("own security_admin").member, office=ended, reason="调离")


def _people(cast: Cast) -> Iterator[Row]:
    """Two who may sign in, one of them a citizen, and one who may not."""
    yield cast.unit.officer_office.person
    yield Person.objects.get(username="citizen")
    risky = city_hall.office(cast.unit.organisation, "risky", "officer").person
    yield people.suspend_person(
        by=cast.one("own security_admin").member, person=risky, reason="被盗用"
    )


def _invitations(cast: Cast) -> Iterator[Row]:
    """One that is open, and one that was taken back."""
    for name in ("李某", "王某"):
        invitation = people.invite_person(
            by=SYSTEM,
            organisation=cast.unit.organisation,
            invitee=Invitee(name=name, channel="email", address="li@example.org"),
            link=people.Link(site="https://gongzhi.example", token=new_token()),
        )
        if name == "王某":
            admin = cast.one("own organisation_admin").member
            people.withdraw_invitation(by=admin, invitation=invitation)
        yield invitation


def _admissions(cast: Cast) -> Iterator[Row]:
    """One that waits, and one that was declined."""
    for number in (1, 2):
        row = admission.apply_for_admission(
            by=VISITOR, region=cast.region, application=application(number)
        )
        if number == 2:
            registrar = cast.one("own registrar").member
            admission.decline_admission(by=registrar, admission=row, reason="材料不全")
        yield row


def application(number: int) -> admission.Application:
    """What an invented organisation says of itself."""
    return admission.Application(
        kind="social",
        name=f"某互助社{number}",
        code=credit_code(number),
        purpose="邻里互助",
        registration_number=f"民社证字第 {number} 号",
        competent_unit="某市民政局",
        applicant=Applicant(
            responsible="王某",
            name="李某",
            channel="email",
            address="li@example.org",
            language="zh-hans",
        ),
    )


def _erasures(cast: Cast) -> Iterator[Row]:
    """One that waits, and one that was declined."""
    leaving = parties.register_person(by=SYSTEM, username="leaving", name="某人")
    yield erasing.ask_erasure(by=member_of(leaving), person=leaving, reason="不再参与")
    officer = Person.objects.get(pk=cast.officer.person)
    declined = erasing.ask_erasure(by=cast.officer, person=officer, reason="不再参与")
    admin = cast.one("own security_admin").member
    erasing.decline_erasure(by=admin, request=declined, reason="依法保存")
    yield declined


def _conflicts(cast: Cast) -> Iterator[Row]:
    """One that stands, and one that was lifted."""
    about, today = cast.other.organisation.thing(), business_date()
    declared = [
        offices.declare_conflict(by=cast.officer, about=about, reason="亲属任职", since_on=today)
        for _ in range(2)
    ]
    admin = cast.one("own organisation_admin").member
    offices.lift_conflict(by=admin, conflict=declared[1], reason="已离职")
    yield from declared


def _parts(cast: Cast) -> Iterator[Row]:
    """One that was adopted here, one that always holds."""
    texts = as_json(read_texts())
    texts["parts"] = [{**part, "always": part["number"] != "7"} for part in texts["parts"]]
    CharterVersion.objects.create(
        number=2, texts=texts, digest=digest_of(texts), in_force_from=date(2000, 1, 1)
    )
    adopt_part(
        by=cast.one("own issuer").member,
        part=part_states_today()["7"],
        authority="某市财政局",
        document_number="〔2026〕1号",
        in_force_from=date(2026, 1, 1),
    )
    yield from (part_states_today()[number] for number in ("7", "11"))


def _amendments(cast: Cast) -> Iterator[Row]:
    """One on which everybody comments, and one that was withdrawn."""
    proposed = [
        amending.propose_amendment(
            by=cast.officer,
            base=newest_version(),
            title="改一句话",
            changes=Changes(clauses={"1.4": reworded("1.4")}),
            reason="说得清楚些",
        )
        for _ in range(2)
    ]
    yield proposed[0]
    amending.withdraw_amendment(by=cast.officer, amendment=proposed[1])
    yield proposed[1]


def reworded(number: str) -> Mapping[str, Any]:
    """A clause of the newest text, with one more sentence."""
    clauses = {entry["number"]: entry for entry in charter_in_force().texts.clauses}
    text = clauses[number]["text"]
    more = {"zh": text["zh"] + "本条从宽解释。", "en": text["en"] + " It is read broadly."}
    return {**clauses[number], "text": more}


def _contacts(cast: Cast) -> Iterator[Row]:
    person = Person.objects.get(pk=cast.officer.person)
    yield add_contact(person, channel="email", address="officer@example.com")


def _factors(cast: Cast) -> Iterator[Row]:
    person, secret = Person.objects.get(pk=cast.officer.person), new_secret()
    code = code_of(secret, step=step_at(time.time()))
    factor = add_time_code(person, name="手机", secret=secret, code=code)
    assert factor is not None
    yield factor


def _openings(cast: Cast) -> Iterator[Row]:
    """What another unit has read of the first one's, and what an auditor has; both sealed."""
    drafted = FormVersion.objects.filter(project=cast.unit.project, stage="draft").first()
    for who in ("other officer", "audit"):
        note_opening(by=cast.one(who).member, thing=drafted.thing())
    seal_openings(until=timezone.now())
    yield from Opening.objects.order_by("pk")


def _alerts(cast: Cast) -> Iterator[Row]:
    """One at each stage; the last is public."""
    for month, stage in enumerate(STAGES_OF_ALERTS, start=1):
        row = Alert.objects.create(
            project=cast.unit.project,
            fiscal_year=2026,
            round=month,
            opened_on=business_date(),
            level="red",
            signals=[],
            stage=stage,
            label="public" if stage == "withdrawn" else "internal",
        )
        for verb, choice in STEPS_TO.get(stage, ()):
            AlertStep.objects.create(
                alert=row, verb=verb, choice=choice, reason="雨季停工", done_on=business_date()
            )
        yield row


STAGES_OF_ALERTS = ("open", "unanswered", "answered", "planned", "reported", "closed", "withdrawn")
STEPS_TO: Mapping[str, Sequence[tuple[str, str]]] = {
    "unanswered": (("propose_suspension", ""), ("order_visit", "")),
    "answered": (("answer_alert", "continue"),),
    "planned": (("answer_alert", "continue"), ("file_plan", "")),
    "reported": (("answer_alert", "continue"), ("file_plan", ""), ("report_done", "")),
    "closed": (("answer_alert", "continue"), ("accept_answer", "")),
    "withdrawn": (("withdraw_alert", ""),),
}


def _goals(cast: Cast) -> Iterator[Row]:
    """One at each stage of its review, each of a year of its own."""
    bureau = cast.one("own budget").member
    for number, stage in enumerate(("draft", "forwarded", "asked", "returned", "approved")):
        version = goals.draft_goals(
            by=cast.officer,
            project=cast.unit.project,
            fiscal_year=2026 + number,
            plan=GoalPlan(goal=DraftGoal(indicators=(DraftIndicator(name="培训人次"),))),
            pack=city_hall.PACK,
        )
        if stage != "draft":
            goals.submit_goals(by=cast.reviewer, version=version)
        if stage == "asked":
            goals.ask_about_goals(by=bureau, version=version)
        if stage == "returned":
            goals.return_goals(by=bureau, version=version, reason="没有满意度指标")
        if stage == "approved":
            goals.approve_goals(by=bureau, version=version, document_number="〔2026〕1号")
        version.refresh_from_db()
        yield version
    cast.unit.project.refresh_from_db()


def _evaluations(cast: Cast) -> Iterator[Row]:
    """One at each stage, each of a year of its own; somebody else of the other unit scored.

    None that was just sent: whether it can be concluded is a matter of days (test_evaluations.py).
    Beside those that lie open lies another, far apart from it.
    """
    frame = frame_as_record(load_evaluation(city_hall.PACK).frames["project"])
    scorer = city_hall.office(cast.other.organisation, "scorer", "officer").person
    for number, stage in enumerate(STAGES_OF_EVALUATIONS):
        row = Evaluation.objects.create(
            project=cast.unit.project,
            evaluated=cast.unit.organisation,
            fiscal_year=2000 + number,
            kind="finance",
            evaluator=cast.other.organisation,
            commissioner=cast.unit.organisation,
            stage=stage,
            label="internal" if stage == "opened" else "public",
            pack=city_hall.PACK,
            frame=frame,
            chosen_because="预警三次",
            chosen_on=business_date(),
            due_on=business_date(),
        )
        if stage != "assigned":
            _scored(row, scorer)
        if stage in map(str, OPEN):
            _beside(cast, row)
        if stage == "objected":
            office = cast.unit.officer_office
            Objection.objects.create(
                evaluation=row, text="偏低", raised_by=office, raised_on=business_date()
            )
        yield row


STAGES_OF_EVALUATIONS = (
    "assigned", "accepted", "handed_in", "opened", "objected", "answered", "concluded",
)  # fmt: skip


def _service_evaluations(cast: Cast) -> Iterator[Row]:
    """One that waits for its answer, one that was answered; and many of one matter."""
    citizen = Person.objects.get(username="citizen")
    made = []
    for year, stage in ((2012, "received"), (2013, "answered")):
        made.append(_service_evaluation(cast, citizen, year=year, stage=stage))
    least = load_evaluation(city_hall.PACK).citizens.same_matter
    for number in range(least):
        person = parties.register_person(by=SYSTEM, username=f"citizen {number}", name="某人")
        _service_evaluation(cast, person, year=2014, stage="answered")
    yield from made


def _service_evaluation(cast: Cast, person: Person, *, year: int, stage: str) -> Row:
    return ServiceEvaluation.objects.create(
        project=cast.unit.project,
        fiscal_year=year,
        person=person,
        stage=stage,
        pack=city_hall.PACK,
        levels={"service": 4, "change": 4, "openness": 4},
        total=100,
        matter="service",
        text="路修好了",
        evaluated_on=business_date(),
    )


def _draws(cast: Cast) -> Iterator[Row]:
    """One that is announced, one that was held, each of a year of its own."""
    by = cast.one("own budget").member
    rows = []
    for year in (2016, 2017):
        announcement = draws.Announcement(
            project=cast.unit.project, fiscal_year=year, kind="third_party", count=1,
            pack=city_hall.PACK, because="预警三次",
        )  # fmt: skip
        owner = cast.unit.organisation
        rows.append(draws.announce_draw(by=by, announcement=announcement, commissioner=owner))
    sequence()
    yield rows[0]
    yield draws.hold_draw(by=by, draw=rows[1])


def _beside(cast: Cast, row: Evaluation) -> None:
    """Another of the same panel, with half the points: what lies apart is to be explained."""
    other = Evaluation.objects.get(pk=row.pk)
    other.pk, other.kind = new_id(), "social"
    other.evaluator = Organisation.objects.get(code="society")
    other.save(force_insert=True)
    scorer = city_hall.office(other.evaluator, f"scorer {row.stage}", "officer").person
    _scored(other, scorer, share=Decimal("0.5"))
    keep_gaps(row, today=business_date())


def _concluded(cast: Cast) -> Evaluation:
    """An evaluation that nothing else is tried with."""
    frame = frame_as_record(load_evaluation(city_hall.PACK).frames["project"])
    row = Evaluation.objects.create(
        project=cast.unit.project,
        evaluated=cast.unit.organisation,
        fiscal_year=1999,
        kind="finance",
        evaluator=cast.other.organisation,
        commissioner=cast.unit.organisation,
        stage="concluded",
        label="public",
        pack=city_hall.PACK,
        frame=frame,
        chosen_because="预警三次",
        chosen_on=business_date(),
        due_on=business_date(),
    )
    _scored(row, Person.objects.get(offices__title="scorer"))
    return row


def _reports(cast: Cast) -> Iterator[Row]:
    """One of a concluded evaluation, being written, and one that is signed."""
    concluded = _concluded(cast)
    for stage, label in (("drafting", "internal"), ("signed", "public")):
        row = Report.objects.create(
            project=cast.unit.project,
            evaluation=concluded,
            fiscal_year=concluded.fiscal_year,
            writer=cast.other.organisation,
            stage=stage,
            label=label,
            record={"figures": {}, "sections": []} if stage == "signed" else None,
            signed_on=business_date() if stage == "signed" else None,
        )
        writer = Person.objects.get(offices__title="scorer")
        row.versions.create(number=1, written_by=writer, written_on=business_date())
        yield row


def _scored(row: Evaluation, scorer: Person, *, share: Decimal = Decimal(1)) -> None:
    """A whole sheet, and a paper that it rests on."""
    frame = frame_from_record(row.frame)
    marks = tuple(Mark(line=line.code, points=line.weight * share) for line in frame.lines)
    ScoreSheet.objects.create(
        evaluation=row,
        number=1,
        record=sheet_as_record(Sheet(frame=frame, marks=marks)),
        total=100 * share,
        drafted_by=scorer,
        drafted_on=business_date(),
    )
    WorkingPaper.objects.create(
        evaluation=row, text="查看了批复", filed_by=scorer, filed_on=business_date()
    )


def _inquiries(cast: Cast) -> Iterator[Row]:
    """One at each stage, of each kind; of open ones the first point is answered."""
    congress = Organisation.objects.get(code="congress")
    for stage in ("answered", "open", "closed", "withdrawn"):
        for kind in ("question", "opinion"):
            row = Inquiry.objects.create(
                kind=kind,
                fiscal_year=city_hall.YEAR,
                project=cast.unit.project,
                congress=congress,
                addressed=cast.unit.organisation,
                title="支付为什么没有合同",
                meeting="第九次会议" if kind == "opinion" else "",
                document_number="〔2026〕9号" if kind == "opinion" else "",
                sent_on=business_date(),
                due_on=business_date(),
                stage=stage,
                label="public" if stage in {"closed", "withdrawn"} else "internal",
            )
            point = InquiryPoint.objects.create(inquiry=row, number=1, text="有几笔没有合同")
            if stage == "open":
                InquiryPoint.objects.create(inquiry=row, number=2, text="什么时候补签")
            if stage in {"answered", "open"}:
                InquiryAnswer.objects.create(
                    point=point,
                    done="逐笔核对",
                    changed="补签三份",
                    office=cast.unit.officer_office,
                    answered_on=business_date(),
                )
            yield row


def _whole_forms(cast: Cast) -> Iterator[Row]:
    """One at each stage, each of a year of its own, drafted by nobody of the cast."""
    drafter = city_hall.office(cast.unit.organisation, "drafter", "officer").person
    whole = WholeStatement(sheet=SelfEvaluation(unit="U", goal="路网更密"))
    for number, stage in enumerate(("draft", "published", "withdrawn")):
        out = stage == "published"
        yield WholeForm.objects.create(
            organisation=cast.unit.organisation,
            form_type="goal_department",
            fiscal_year=2033 + number,
            stage=stage,
            record=whole_as_record(whole),
            pack=city_hall.PACK,
            number=1 if out else None,
            published_on=business_date() if out else None,
            drafted_by=drafter,
            drafted_on=business_date(),
        )


def _packs(cast: Cast) -> Iterator[Row]:
    """One at each stage, each of a year of its own, gathered by nobody of the cast."""
    gatherer = city_hall.office(cast.unit.organisation, "gatherer", "officer").person
    for number, stage in enumerate(("draft", "reviewed", "published")):
        out = stage == "published"
        pack = DisclosurePack.objects.create(
            organisation=cast.unit.organisation,
            fiscal_year=2033 + number,
            occasion="budget",
            drafted_by=gatherer,
            drafted_on=business_date(),
        )
        piece = PackPiece.objects.create(
            pack=pack,
            position=1,
            kind="goals",
            name="某项目",
            of=cast.unit.project.thing().name,
            record=PIECE.as_record(),
            stage={"draft": "undecided", "reviewed": "cleared"}.get(stage, "released"),
        )
        Redaction.objects.create(
            piece=piece,
            at="goal",
            passage="报价",
            ground="business",
            reason="企业报价",
            redacted_by=cast.unit.officer_office,
            redacted_on=business_date(),
        )
        pack.stage = stage
        if out:
            pack.number, pack.published_on, pack.digest = 1, business_date(), "sha256:0"
        pack.save()
        yield pack


PIECE = Piece(fields=(Field(at="goal", title="年度目标", text="改造管网 100 公里"),))


def _proposals(cast: Cast) -> Iterator[Row]:
    """One at each stage, each for a year of its own; an account is owed of one evaluation."""
    scorer = Person.objects.get(username__endswith="scorer")
    social = Evaluation.objects.filter(stage="concluded").first()
    assert social is not None, "one is concluded"
    judged = Judged(kind="social", evaluator=str(social.evaluator_id), total=Decimal(90))
    party = Party(judged=judged, evaluation=social.pk)
    for year, stage in (
        (PROPOSED_FOR, "proposed"), (PROPOSED_FOR + 1, "decided"), (PROPOSED_FOR + 2, "replaced"),
    ):  # fmt: skip
        made, record = proposal_and_record(
            Known(
                project=cast.unit.project.pk,
                year=year,
                judgement=Judgement(pack=city_hall.PACK, parties=(party,)),
                base=Base(of=BaseOf.BUDGET, amount=Decimal(1000)),
                budget=Decimal(1000),
                paid=Decimal(700),
                matters=NOTHING_OPEN,
            )
        )
        row = ResultProposal.objects.create(
            project=cast.unit.project, fiscal_year=year, base=made.base, result=made.result,
            stage=stage, pack=city_hall.PACK, record={**record, "deed": str(uuid4())},
            made_by=scorer, made_on=business_date(), due_on=business_date(),
        )  # fmt: skip
        if stage == "decided":
            ResultDecision.objects.create(
                proposal=row, amount=made.result, office=cast.unit.officer_office,
                decided_on=business_date(), deed=uuid4(),
            )  # fmt: skip
        yield row
    _funded(cast, PROPOSED_FOR - 1)


def _funded(cast: Cast, year: int) -> None:
    """A budget, so that something can be proposed for the year after."""
    BudgetLine.objects.create(
        delivery_id=uuid4(), row=1, identity="funded", fingerprint="funded", number="B1",
        project=cast.unit.project, unit=cast.unit.organisation, fiscal_year=year, initial=1000,
    )  # fmt: skip


PROPOSED_FOR = 2081


def _society(region: Region) -> Organisation:
    return parties.register_organisation(
        by=SYSTEM, region=region, code="society", name="某研究会", kind="social"
    )


def _collections(cast: Cast) -> Iterator[Row]:
    """One that is open; that a closed one takes no answers, tests of its own hold."""
    yield readings.open_collection(
        by=cast.one("own budget").member,
        organisation=cast.unit.organisation,
        fiscal_year=2021,
        month=1,
        title="按月填报",
        working_days=5,
    )


def _submissions(cast: Cast) -> Iterator[Row]:
    """An answer to a call that is over; the open one waits for theirs."""
    call = Collection.objects.create(
        organisation=cast.unit.organisation,
        fiscal_year=2021,
        month=2,
        title="上月填报",
        stage="closed",
        opened_on=business_date(),
        due_on=business_date(),
    )
    yield Submission.objects.create(
        collection=call,
        unit=cast.unit.organisation,
        counts={"readings": 0, "without_value": 0},
        submitted_on=business_date(),
    )


def _readings(cast: Cast) -> Iterator[Row]:
    """What the unit read, and what another one did of the same months."""
    for unit in (cast.unit, cast.other):
        yield Reading.objects.create(
            project=cast.unit.project,
            indicator="km",
            starts_on=date(2026, 1, 1),
            ends_on=date(2026, 1, 31),
            value=1,
            source="unit",
            organisation=unit.organisation,
            read_on=business_date(),
        )


THINGS: Mapping[str, Callable[[Cast], Iterator[Row]]] = {
    "project": _projects,
    "form_version": _versions,
    "answer": _answers,
    "alert": _alerts,
    "feedback": lambda cast: letters(cast.unit),
    "rectification": lambda cast: rectifications(cast.unit),
    "goal_version": _goals,
    "evaluation": _evaluations,
    "disclosure_pack": _packs,
    "whole_form": _whole_forms,
    "pack_piece": lambda _: iter(PackPiece.objects.order_by("pk")),
    "redaction": lambda _: iter(Redaction.objects.order_by("pk")),
    "result_proposal": _proposals,
    "draw": _draws,
    "service_evaluation": _service_evaluations,
    "remark": lambda cast: remarks(cast.unit),
    "survey": lambda cast: surveys(cast.unit),
    "vote": lambda cast: votes(cast.unit, cast.one("citizen").member.person),
    "vote_proposal": lambda _: vote_proposals(),
    "report": _reports,
    "score_sheet": lambda _: iter(ScoreSheet.objects.order_by("pk")),
    "working_paper": lambda _: iter(WorkingPaper.objects.order_by("pk")),
    "inquiry": _inquiries,
    "meeting_series": lambda cast: series(cast.unit),
    "meeting": lambda cast: meetings(cast.unit, cast.other),
    "attendance": lambda cast: attendances(cast.unit, cast.other),
    "action_item": lambda cast: action_items(cast.unit),
    "market_question": lambda cast: market_questions(cast.unit, cast.region),
    "cost_quote": lambda cast: cost_quotes(cast.unit),
    "disclosure_consent": lambda cast: consents(cast.unit),
    "joint_project": lambda cast: joint_projects(cast.unit, cast.region),
    "compensation": lambda cast: compensations(cast.unit, cast.one("citizen").member.person),
    "compensation_objection": lambda cast: objections(
        cast.unit, cast.other, cast.one("citizen").member.person
    ),
    "negotiation": lambda cast: negotiations(
        cast.unit, cast.other, cast.one("citizen").member.person
    ),
    "negotiation_position": positions,
    "panel": lambda cast: panels(cast.unit),
    "panel_volunteer": lambda cast: panel_volunteers(cast.one("citizen").member),
    "panel_opinion": lambda cast: panel_opinions(cast.unit),
    "process": lambda cast: processes(cast.unit),
    "voice": voices,
    "stakeholder": lambda cast: stakeholders(cast.unit),
    "topic": talks.topics,
    "statement": talks.statements,
    "hiding": talks.hidings,
    "post_report": talks.post_reports,
    "attachment": _attachments,
    "delivery": _deliveries,
    "collection": _collections,
    "submission": _submissions,
    "reading": _readings,
    "opening": _openings,
    "task": _tasks,
    "follow": _follows,
    "notice": _notices,
    "export": _exports,
    "hook": lambda cast: hooks(cast.unit, cast.one("own organisation_admin").member),
    "meeting_feed": lambda cast: own_feeds(cast.officer),
    "digest": lambda cast: iter([digests.order_digest(by=cast.officer, language="zh")]),
    "saved_view": lambda cast: iter(
        [views.save_view(by=cast.officer, page="alerts", query="state=late", name="逾期的")]
    ),
    "deed": lambda _: iter([Deed.objects.earliest("done_at")]),
    "organisation": lambda cast: iter([cast.unit.organisation]),
    "office": _offices,
    "person": _people,
    "invitation": _invitations,
    "admission": _admissions,
    "conflict": _conflicts,
    "erasure": _erasures,
    "region": lambda cast: iter([cast.region]),
    "charter_part": _parts,
    "charter_version": lambda _: iter([newest_version()]),
    "amendment": _amendments,
    "contact": _contacts,
    "factor": _factors,
}
