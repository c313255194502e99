"""A project beside the city whose year has been judged: each page of it, made once for a site."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.urls import reverse

import city_hall
from apps.cycle import disclosed, monitored, rectified
from apps.cycle.evaluated import WHY, YEAR, Evaluator, evaluator
from apps.cycle.test_inquiries import answered, asked, found
from apps.forum import talks
from apps.forum.carried import carried
from apps.forum.compensated import on_the_ledger
from city_hall import Unit
from gongzhi.core.charter import SYSTEM
from gongzhi.cycle.actions import draws, inquiries
from gongzhi.cycle.actions.reports import draft_report, report_to_be, sign_report, write_report
from gongzhi.cycle.actions.results import Decided, decide_result, propose_results
from gongzhi.cycle.models import Draw, Evaluation, Feedback, Inquiry, Report, ResultProposal
from gongzhi.cycle.reporting import Subject
from gongzhi.forum.actions.moderation import hide_post
from gongzhi.forum.actions.topics import take_stance
from gongzhi.parties.actions.setting_up import register_organisation
from gongzhi.parties.models import Region
from gongzhi.trust.sequencing import sign_all
from verified import verified

REGION, BUDGET, FIRMS = "990200", Decimal(1_000_000), 5


def judged_year() -> Mapping[str, str]:
    """The addresses of its pages, by what they are called in `journeys.pages`."""
    region = city_hall.region(REGION)
    unit, bureau = _unit(region), _bureau(region)
    firm = evaluator("F0", kind="evaluator", within=region)
    evaluation = rectified.concluded(unit, bureau, firm)
    letter = rectified.told(evaluation, bureau)
    rectification = letter.rectifications.get()
    rectified.planned(rectification, unit)
    addresses = _addresses(
        unit,
        evaluation=evaluation,
        letter=letter,
        report=_signed(unit, bureau),
        draw=_drawn(unit, bureau),
        proposal=_decided(unit, bureau, region),
        inquiry=_published(unit, region),
    )
    return {**addresses, **_talked(unit)}


def _unit(region: Region) -> Unit:
    """It published its own form, and spent seven tenths of its money."""
    unit = city_hall.unit("1", within=region)
    city_hall.published(unit)
    monitored.fund(unit, BUDGET, year=YEAR)
    monitored.pay(unit, date(YEAR, 11, 3), BUDGET * Decimal("0.7"))
    unit.project.refresh_from_db()
    return unit


def _bureau(region: Region) -> Evaluator:
    bureau = city_hall.unit("9", within=region).organisation
    first, second = (verified(city_hall.office(bureau, n, "budget")) for n in ("预算", "审核"))
    return Evaluator(organisation=bureau, first=first, second=second)


def _signed(unit: Unit, bureau: Evaluator) -> Report:
    subject = Subject(project=unit.project, year=YEAR)
    report = report_to_be(subject, writer=bureau.organisation)
    draft_report(by=bureau.first, report=report)
    write_report(
        by=bureau.first, report=report, chapter="advice", text="{年度} 年验收偏晚。", seen=1
    )
    signer = verified(city_hall.office(bureau.organisation, "审签", "reviewer"))
    return sign_report(by=signer, report=report, seen=2)


def _drawn(unit: Unit, bureau: Evaluator) -> Draw:
    for number in range(1, FIRMS + 1):
        evaluator(f"F{number}", kind="evaluator", within=unit.organisation.region)
    announcement = draws.Announcement(
        project=unit.project,
        fiscal_year=YEAR,
        kind="recheck",
        count=1,
        pack=city_hall.PACK,
        because=WHY,
    )
    draw = draws.announce_draw(
        by=bureau.first, announcement=announcement, commissioner=bureau.organisation
    )
    sign_all()
    return draws.hold_draw(by=bureau.first, draw=draw)


def _decided(unit: Unit, bureau: Evaluator, region: Region) -> ResultProposal:
    (proposal,) = propose_results(
        by=bureau.first, region=region, fiscal_year=YEAR + 1, projects=[unit.project]
    )
    decided = Decided(amount=proposal.base, reason="合同已签", document_number="〔2026〕9号")
    decide_result(by=bureau.second, proposal=proposal, decided=decided)
    return proposal


def _published(unit: Unit, region: Region) -> Inquiry:
    body = register_organisation(
        by=SYSTEM, region=region, code="RD", name="某市人大常委会预算工委", kind="congress"
    )
    congress = city_hall.office(body, "监督岗")
    inquiry = answered(asked(unit, congress), unit)
    found(inquiry, congress, 1, "satisfied")
    found(inquiry, congress, 2, "unsatisfied", reason="没有说什么时候补齐")
    inquiries.publish_inquiry(by=verified(congress), inquiry=inquiry, reason="经审查可以公开")
    return inquiry


def _talked(unit: Unit) -> Mapping[str, str]:
    """A topic with a statement that enough people took a stance on, and one that is hidden."""
    talk = talks.topic(unit)
    statement, other = (
        talks.said(talk, talks.citizen(number), text)
        for number, text in ((1, "东门路口左转先改配时"), (2, "车位便宜卖"))
    )
    for number in range(3, 9):
        stance = "disagree" if number == 8 else "agree"
        take_stance(by=talks.citizen(number), statement=statement, stance=stance)
    hide_post(by=unit.officer, post=other.posted(), category="advertising", reason="推销车位")
    return {
        "topic": reverse("topic", args=[talk.pk]),
        "opinion-map": reverse("opinion-map", args=[talk.pk]),
        "post": f"{reverse('post')}?post={other.thing().name}",
    }


def _addresses(
    unit: Unit,
    *,
    evaluation: Evaluation,
    letter: Feedback,
    report: Report,
    draw: Draw,
    proposal: ResultProposal,
    inquiry: Inquiry,
) -> Mapping[str, str]:
    pack = disclosed.published(unit, occasion="accounts", year=YEAR)
    project, body = [unit.project.pk], [unit.organisation.pk]
    year = f"?year={YEAR}"
    return {
        "judged-project": reverse("project", args=project),
        "self-evaluation": reverse("self-evaluation", args=project) + year,
        "evaluation": reverse("evaluation", args=[evaluation.pk]),
        "project-evaluation": reverse("project-evaluation", args=project) + year,
        "project-report": reverse("project-report", args=project) + year,
        "citizens": reverse("citizens", args=project) + year,
        "organisation-evaluation": reverse("organisation-evaluation", args=body) + year,
        "project-similar": reverse("project-similar", args=project) + year,
        "project-results": reverse("project-results", args=project),
        "report": reverse("report", args=[report.pk]),
        "report-versions": reverse("report-versions", args=[report.pk]),
        "draw": reverse("draw", args=[draw.pk]),
        "result-proposal": reverse("result-proposal", args=[proposal.pk]),
        "feedback": reverse("feedback", args=[letter.pk]),
        "rectification": reverse("rectification", args=[letter.rectifications.get().pk]),
        "inquiry": reverse("inquiry", args=[inquiry.pk]),
        "department-materials": reverse("department-materials", args=body) + year,
        "unit-disclosure": reverse("unit-disclosure", args=body) + year,
        "disclosure-pack": reverse("disclosure-pack", args=[pack.pk]),
        **carried(unit),
        **on_the_ledger(unit),
    }
