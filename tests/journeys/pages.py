"""Every page of the site, by name: who opens it and how it is reached."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from journeys.papers import FAULTY, OTHER
from journeys.reader import Reader, follow


@dataclass(frozen=True, slots=True)
class Destination:
    """A page: how a reader gets there, in which office if any, and its status."""

    go: Callable[[Reader], object]
    office: str = ""


def at(path: str, *, office: str = "") -> Destination:
    """A page with an address."""
    return Destination(lambda reader: reader.open(path), office)


def of_project(code: str, *, stage: str, office: str = "") -> Destination:
    """A version on its project's page."""
    return Destination(lambda r: r.open(r.site.version(code, stage=stage)), office)


def of_judged(name: str) -> Destination:
    """A page of the project whose year has been judged."""
    return Destination(lambda reader: reader.open(reader.site.judged[name]))


def of_organisation(code: str, *, office: str = "") -> Destination:
    """An organisation's page."""

    def go(reader: Reader) -> object:
        reader.open(f"/organisations/?q={code}")
        return follow(reader.page.locator("main tbody a"))

    return Destination(go, office)


def of_whole_unit(code: str, *, office: str = "") -> Destination:
    """What an organisation states of its whole spending."""

    def go(reader: Reader) -> object:
        of_organisation(code).go(reader)
        return follow(reader.page.locator("main a[href*='/whole/of/']").first)

    return Destination(go, office)


JUDGED = (
    "judged-project",
    "self-evaluation",
    "evaluation",
    "project-evaluation",
    "project-report",
    "citizens",
    "organisation-evaluation",
    "project-similar",
    "project-results",
    "report",
    "report-versions",
    "draw",
    "result-proposal",
    "feedback",
    "rectification",
    "inquiry",
    "topic",
    "opinion-map",
    "post",
    "department-materials",
    "unit-disclosure",
    "disclosure-pack",
    *("project-market", "market-question", "project-joint", "joint-project", "charity-licences"),
    *("project-compensation", "compensation", "project-negotiations", "negotiation"),
)
PAGES: Mapping[str, Destination] = {
    "home": at("/"),
    "check": at("/check/"),
    "check-nothing": Destination(lambda reader: reader.check()),
    "result": Destination(lambda reader: reader.check(FAULTY)),
    "result-of-two": Destination(lambda reader: reader.check(FAULTY, OTHER)),
    "forms": at("/forms/"),
    "forms-filtered": at("/forms/?year=2022&finding=certain"),
    "forms-none": at("/forms/?year=2026&finding=certain"),
    "project": of_project("008", stage="published"),
    "project-corrected": of_project("002", stage="published"),
    "project-draft": of_project("012", stage="draft", office="jingfa-shencha"),
    "project-to-answer": of_project("001", stage="published", office="jingfa"),
    "projects": at("/projects/"),
    "search": at("/search/?q=桥"),
    "search-one-kind": at("/search/?q=满意度&kind=library"),
    "search-nothing": at("/search/?q=核电站"),
    "indicator-library": at("/rules/indicators/"),
    "saved-views": at("/desk/views/", office="jingfa"),
    "alerts-sorted": at("/alerts/?state=all&sort=-due", office="caizheng"),
    "goals": at("/goals/"),
    "evaluations": at("/evaluations/"),
    "rechecks": at("/evaluations/rechecks/", office="caizheng"),
    "follow-ups": at("/evaluations/follow-ups/"),
    "results": at("/results/"),
    "results-of-a-bureau": at("/results/?year=2026", office="caizheng"),
    "self-evaluations": at("/self-evaluations/?year=2025"),
    "self-evaluations-of-a-unit": at("/self-evaluations/", office="jingfa"),
    "rectifications": at("/rectifications/?state=all"),
    "rectifications-of-a-bureau": at("/rectifications/", office="caizheng"),
    "standing": at("/rectifications/standing/", office="caizheng"),
    "disclosure": at("/disclosure/?year=2025"),
    "disclosure-tables": at("/disclosure/tables/"),
    "open-data": at("/data/open/"),
    "became": at("/became/"),
    **{name: of_judged(name) for name in JUDGED},
    "aims": at("/goals/aims/"),
    "deliveries": at("/data/", office="jingfa"),
    "collections": at("/collections/", office="jingfa"),
    "audit": at("/audit/?contract=without&order=amount", office="shenji"),
    "audit-misread": at("/audit/?since=x", office="shenji"),
    "audit-payees": at("/audit/payees/", office="shenji"),
    "audit-contracts": at("/audit/contracts/", office="shenji"),
    "audit-signals": at("/audit/signals/?question=payee_concentrated", office="shenji"),
    "audit-findings": at("/audit/findings/", office="shenji"),
    "congress-published": at("/congress/"),
    "topics": at("/participation/topics/"),
    "topics-of-a-unit": at("/participation/topics/", office="jingfa"),
    "moderation": at("/participation/moderation/"),
    "congress": at("/congress/", office="renda"),
    "deputies": at("/deputies/"),
    "participation": at("/participation/"),
    "participation-health": at("/participation/health/"),
    "participation-health-inside": at("/participation/health/", office="caizheng"),
    "participation-asked": at("/participation/health/asked/?year=2026&column=asked"),
    "meetings": at("/participation/meetings/"),
    "action-items": at("/participation/meetings/action-items/"),
    "meeting-feed": at("/participation/meetings/feed/", office="jingfa"),
    "planning-meetings": at("/participation/meetings/planning/", office="jingfa"),
    "panels": at("/participation/panels/"),
    "panel-announcing": at("/participation/panels/announcing/", office="jingfa"),
    "processes": at("/participation/processes/"),
    "remarks": at("/participation/remarks/"),
    "remark-anonymous": at("/participation/remarks/anonymous/"),
    "remark-receipt": at("/participation/remarks/receipt/"),
    "remark-outcomes": at("/participation/remarks/outcomes/"),
    "remark-writing": at("/participation/remarks/writing/", office="jingfa"),
    "remark-list": at("/participation/remarks/list/", office="jingfa"),
    "hooks": at("/desk/hooks/", office="jingfa"),
    "market": at("/participation/market/"),
    "joint-projects": at("/participation/joint/"),
    "negotiations": at("/participation/negotiations/", office="jingfa"),
    "compensations": at("/participation/compensation/", office="jingfa"),
    "voices": at("/participation/voices/"),
    "voices-late": at("/participation/voices/late/", office="caizheng"),
    "voices-mine": at("/participation/mine/", office="shezu"),
    "voice-writing": at("/participation/voices/writing/", office="shezu"),
    "voice-about-a-clause": at("/participation/voices/writing/?about=clause:5.3", office="shezu"),
    "understood": at("/participation/understood/"),
    "surveys": at("/participation/surveys/"),
    "votes": at("/participation/votes/"),
    "vote-secrecy": at("/participation/votes/secrecy/"),
    "starting-vote": at("/participation/votes/starting/", office="caizheng"),
    "starting-survey": at("/participation/surveys/starting/", office="jingfa"),
    "process-starting": at("/participation/processes/starting/", office="jingfa"),
    "congress-asking": at("/congress/asking/", office="renda"),
    "effects": at("/effects/"),
    "recount": at("/participation/votes/recount/?example=1"),
    "allocation": at("/results/allocation/", office="caizheng"),
    "equity": at("/data/equity/?example=schools"),
    "efficiency": at("/data/efficiency/?example=hospitals"),
    "desk": at("/desk/", office="jingfa"),
    "desk-empty": at("/desk/", office="shenji"),
    "desk-of-a-bureau": at("/desk/", office="caizheng"),
    "desk-late": at("/desk/late/", office="caizheng"),
    "desk-tasks": at("/desk/tasks/", office="jingfa"),
    "desk-notices": at("/desk/notices/", office="jingfa"),
    "activity": at("/activity/"),
    "sealed-copy": at(f"/verify/copy/?digest={'0' * 64}"),
    "ledger": at("/ledger/"),
    "ledger-filtered": at("/ledger/?verb=publish_form&clause=4.3"),
    "ledger-misread": at("/ledger/?clause=x"),
    "ledger-entry": at("/ledger/60/"),
    "ledger-witnesses": at("/ledger/witnesses/", office="zhengfuban"),
    "ledger-chain": at("/ledger/chain/"),
    "ledger-mine": at("/ledger/mine/", office="pingjia"),
    "ledger-batch": Destination(lambda reader: reader.open(reader.site.batch())),
    "ledger-rows": Destination(lambda reader: reader.open(reader.site.batch() + "rows/")),
    "ledger-row": Destination(lambda reader: reader.open(reader.site.batch() + "rows/1/")),
    "verify": at("/verify/"),
    "charter": at("/charter/"),
    "charter-searched": at("/charter/?q=评价"),
    "charter-matrix": at("/charter/matrix/"),
    "charter-matrix-of-one": at("/charter/matrix/?party=social"),
    "clause": at("/charter/clauses/5.3/"),
    "institutions": at("/charter/institutions/"),
    "institution": at("/charter/institutions/budget-law/"),
    "charter-gaps": at("/charter/gaps/"),
    "charter-adoption": at("/charter/adoption/"),
    "charter-part": at("/charter/parts/10/", office="zhengfuban"),
    "organisations": at("/organisations/"),
    "organisation": of_organisation("YH-201", office="jiaoyu-guanli"),
    "whole-unit": of_whole_unit("YH-201", office="jiaoyu"),
    "apply": at("/organisations/apply/"),
    "my-offices": at("/offices/", office="jiaoyu-shencha"),
    "conflicts": at("/conflicts/", office="pingjia"),
    "my-data": at("/account/data/", office="pingjia"),
    "erasures": at("/erasures/", office="anquan"),
    "rules": at("/rules/"),
    "components": at("/components/"),
    "sign-in": at("/sign-in/"),
    "sign-in-code": at("/sign-in/code/"),
    "public-name": at("/account/public-name/", office="pingjia"),
    "about": at("/about/"),
    "accessibility": at("/accessibility/"),
    "privacy": at("/privacy/"),
    "demo-offices": at("/demo/offices/"),
    "demo-stories": at("/demo/stories/"),
    "demo-story": at("/demo/stories/bridge/"),
    "400": at("/forms/?year=never"),
    "404": at("/nowhere/"),
}
