"""Every number on the public pages leads to its answer, and the answer to a seal or a row."""

import random
import re
from html import unescape

import pytest
from django.urls import reverse

import city_hall
from apps.cycle import disclosed, monitored
from apps.cycle.evaluated import assignment, evaluator, handed_in
from gongzhi.cycle.actions import evaluations, rectifications, reports, results
from gongzhi.cycle.actions.rectifications import Demand
from gongzhi.cycle.actions.watching import watch_projects
from gongzhi.cycle.feedback_told import told_of_evaluation
from gongzhi.cycle.models import (
    Alert,
    DisclosurePack,
    Evaluation,
    Feedback,
    Rectification,
    Report,
    ResultProposal,
)
from gongzhi.cycle.reporting import Subject
from gongzhi.cycle.tasks import follow_up
from gongzhi.parties.business_date import business_date
from verified import VerifiedClient, signed_in, verified

pytestmark = pytest.mark.django_db
CELL = re.compile(r'<td[^>]*class="[^"]*\bnumber\b[^"]*"[^>]*>(.*?)</td>', re.DOTALL)
LABEL = re.compile(r'<span class="cell-label".*?</span>', re.DOTALL)
TAG = re.compile(r"<[^>]+>")
ADDRESS = re.compile(r'class="figure"[^>]* href="([^"]+)"')
SPECIMEN = re.compile(r'<figure class="specimen">.*?</figure>', re.DOTALL)  # an invented form
DIGIT = re.compile(r"[0-9]")
SEALED = re.compile(r'class="seal|/ledger/\d+/')
# Pages whose numbers lead nowhere, and why.
EXCEPTIONS = {
    "collection": "counts of rows that stand right beside, each with its seal",
    "collections": "counts of rows that stand right beside, each with its seal",
    "aims": "counts of the projects that are listed right below",
}
EXCEPTIONS |= {
    "unit-disclosure": "counts of what the packs below list, each with its source",
    "project-evaluation": "weights and shares, whose sum stands below the sheets that are linked",
    "evaluation": "the sheet itself: each line with its sum, its reason and its papers beside it",
    "similar": "quotients of the two numbers beside them, which lead to their answers",
    "result-proposal": "the sum of the numbers above it, each with its finding and its clause",
    "report": "a paper: each chapter says below where its numbers come from",
}
SAMPLE = 12
UNSEALED = "没有找到带来这一行的存证"


@pytest.fixture
def unit():
    unit = monitored.ahead(within=city_hall.region(), payee="某公司")
    monitored.disclose(unit)
    watch_projects(year=monitored.YEAR)
    follow_up(business_date())
    unit.project.refresh_from_db()
    disclosed.published(unit)
    letter(unit, judged(unit))
    return unit


def judged(unit) -> Evaluation:
    """An evaluation that is concluded, of the year before."""
    bureau = city_hall.unit("9", within=unit.organisation.region)
    office = verified(city_hall.office(bureau.organisation, "预算", "budget"))
    firm = evaluator("F1", kind="evaluator", within=unit.organisation.region)
    row = evaluations.choose_evaluation(
        by=office,
        assignment=assignment(unit, firm.organisation, kind="third_party"),
        commissioner=bureau.organisation,
    )
    handed_in(row, firm)
    Evaluation.objects.filter(pk=row.pk).update(stage="concluded")
    return row


def letter(unit, evaluation: Evaluation) -> None:
    """What followed from it: a letter, a report, next year's money proposed and decided."""
    evaluation.refresh_from_db()
    bureau = evaluation.commissioner
    first, second = (verified(city_hall.office(bureau, name, "budget")) for name in ("一", "二"))
    told = told_of_evaluation(evaluation, sender=bureau)
    demands = [Demand(key=told.lines[0].key, demand="补齐审批单")]
    rectifications.send_feedback(by=first, told=told, words="管理薄弱", demands=demands)
    subject = Subject(project=unit.project, year=evaluation.fiscal_year)
    report = reports.report_to_be(subject, writer=bureau)
    reports.draft_report(by=first, report=report)
    signer = verified(city_hall.office(bureau, "审签", "reviewer"))
    reports.sign_report(by=signer, report=report, seen=1)
    (proposal,) = results.propose_results(
        by=first, region=unit.organisation.region, fiscal_year=2027, projects=[unit.project]
    )
    decided = results.Decided(amount=proposal.base, reason="合同已签")
    results.decide_result(by=second, proposal=proposal, decided=decided)


@pytest.fixture
def officer(unit) -> VerifiedClient:
    return signed_in(unit.officer_office)


def pages(unit) -> dict[str, str]:
    project = [unit.project.pk]
    found = {
        "monitoring": reverse("monitoring"),
        "project-monitoring": reverse("project-monitoring", args=project),
        "project-payments": reverse("project-payments", args=project) + "?year=2026",
        "project-readings": reverse("project-readings", args=project),
        "became": reverse("became"),
        "project": reverse("project", args=project),
        "self-evaluations": reverse("self-evaluations") + "?year=2026",
        "disclosure": reverse("disclosure"),
        "unit-disclosure": reverse("unit-disclosure", args=[unit.organisation.pk]),
        "project-evaluation": reverse("project-evaluation", args=project) + "?year=2025",
        "evaluations": reverse("evaluations"),
        "evaluation": reverse("evaluation", args=[Evaluation.objects.get().pk]),
        "similar": reverse("project-similar", args=project),
        "home": reverse("home"),
        "deputies": reverse("deputies"),
        "results": reverse("results"),
        "project-results": reverse("project-results", args=project),
        "result-proposal": reverse("result-proposal", args=[ResultProposal.objects.get().pk]),
        "feedback": reverse("feedback", args=[Feedback.objects.get().pk]),
        "rectifications": reverse("rectifications"),
        "rectification": reverse("rectification", args=[Rectification.objects.get().pk]),
        "report": reverse("report", args=[Report.objects.get().pk]),
    }
    for pack in DisclosurePack.objects.all()[:1]:
        found["disclosure-pack"] = reverse("disclosure-pack", args=[pack.pk])
    for alert in Alert.objects.all()[:1]:
        found["alert"] = reverse("alert", args=[alert.pk])
    return found


def numbers_without_answer(text: str) -> list[str]:
    cells = [LABEL.sub("", each) for each in CELL.findall(SPECIMEN.sub("", text))]
    return [
        TAG.sub("", cell).strip()
        for cell in cells
        if DIGIT.search(TAG.sub("", cell)) and not ADDRESS.search(cell)
    ]


def test_every_number_leads_to_its_answer(unit, client, officer):
    for reader in (client, officer):
        for name, address in pages(unit).items():
            shown = reader.get(address)
            if reader is client and shown.status_code == 404:
                continue  # not for everybody
            assert shown.status_code == 200, name
            assert name in EXCEPTIONS or not numbers_without_answer(shown.content.decode()), name


def test_every_answer_leads_to_a_seal_or_a_row(unit, client, officer):
    for reader in (client, officer):
        found = set()
        for address in pages(unit).values():
            shown = reader.get(address)
            if shown.status_code == 200:
                found |= set(map(unescape, ADDRESS.findall(shown.content.decode())))
        assert found
        chosen = random.Random(7).sample(sorted(found), min(SAMPLE, len(found)))  # noqa: S311
        for address in chosen:
            answer = reader.get(address)
            text = answer.content.decode()
            assert answer.status_code == 200, address
            unsealed = UNSEALED in text  # facts of this test were brought by no deed
            assert SEALED.search(text) or ADDRESS.search(text) or unsealed, address


def test_every_point_of_a_panel_leads_to_its_sheet(unit, client):
    row = Evaluation.objects.get()
    page = client.get(reverse("project-evaluation", args=[unit.project.pk]) + "?year=2025")
    text = page.content.decode()
    sheet = reverse("evaluation", args=[row.pk])
    assert f'<a class="figure" href="{sheet}#sheet">' in text
    for line in row.frame["lines"]:
        assert f'href="{sheet}#line-{line["code"]}"' in text
    shown = client.get(sheet).content.decode()
    assert all(f'id="line-{line["code"]}"' in shown for line in row.frame["lines"])


def test_lists_ask_nothing_more_for_the_links(unit, client, django_assert_max_num_queries):
    client.get(reverse("monitoring"))
    with django_assert_max_num_queries(30):
        client.get(reverse("monitoring"))
