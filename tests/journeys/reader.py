"""Somebody with a browser, and what it notices that should not be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import html5lib
from playwright.sync_api import (
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Request,
    Response,
)

from gongzhi.cycle.models import FormVersion, Project
from gongzhi.parties.models import Deed, Office
from gongzhi.trust.proofs import index_of

VENDOR = Path(__file__).parent / "vendor"
AXE = (VENDOR / "axe" / "axe.min.js").read_text("utf-8")
HTMLCS = (VENDOR / "htmlcs" / "HTMLCS.js").read_text("utf-8")
# It would have each box of the official form named by every head above it, those of another block
# included. The heads' scope says it right, and axe agrees.
DISAGREED = "H43.HeadersRequired"
HTMLCS_ERRORS = """() => new Promise((resolve) => {
  const told = (said) => `${said.code}: ${said.msg} — ${said.element.outerHTML?.slice(0, 99)}`;
  const errors = () => HTMLCS.getMessages().filter((said) => said.type === HTMLCS.ERROR);
  HTMLCS.process("WCAG2AA", document, () => resolve(errors().map(told)));
})"""
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WATCH = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.violations.push(`policy: ${event.violatedDirective} ${event.blockedURI}`));
for (const name of ["alert", "confirm", "prompt"])
  window[name] = (text) => window.violations.push(`${name}: ${text}`);
"""
# Answers of 4xx are pages of ours; the browser mentions them as errors all the same.
EXPECTED = "Failed to load resource: the server responded with a status of 4"


@dataclass(frozen=True, slots=True)
class Site:
    """The site under test: where it is, and where its things are.

    judged leads to the pages of a year that has been judged, by their names.
    """

    url: str
    judged: Mapping[str, str]

    def project(self, code: str) -> str:
        """The page of a project of the city."""
        return f"/projects/{Project.objects.get(code=f'990100-{code}').pk}/"

    def version(self, code: str, *, stage: str) -> str:
        """The page of the newest version of a project's form at a stage."""
        versions = FormVersion.objects.filter(project__code=f"990100-{code}", stage=stage)
        return f"{self.project(code)}?version={versions.order_by('-id')[0].pk}"

    def batch(self) -> str:
        """The page of an entry with which many rows entered."""
        return f"/ledger/{index_of(Deed.objects.filter(verb='seal_openings')[0].leaf)}/"


@dataclass(slots=True)
class Reader:
    """Somebody with a browser."""

    page: Page
    site: Site
    scripts: bool
    faults: list[str] = field(default_factory=list)
    answer: Response | None = None  # the newest page as it was sent

    def open(self, path: str) -> Page:
        """Go to a page of the site."""
        self.page.goto(self.site.url + path)
        return self.page

    def act_as(self, username: str) -> None:
        """Be somebody in the city, on the demo's page of all offices; citizens hold none."""
        self.open("/demo/offices/")
        seat = self.page.locator(f"main button[name=seat][value='{username}']")
        if seat.count() == 0:
            office = Office.objects.get(person__username=username)
            self.page.locator("#others summary").click()
            seat = self.page.locator(f"main button[name=office][value='{office.pk}']")
        follow(seat)

    def read_in(self, language: str, *, size: str = "normal") -> None:
        """Choose the language and the size of letters of the pages to come."""
        chosen = {"django_language": language.replace("zh", "zh-hans"), "size": size}
        cookies = [{"name": n, "value": v, "url": self.site.url} for n, v in chosen.items()]
        self.page.context.add_cookies(cookies)

    def check(self, *files: Path | dict[str, object]) -> Page:
        """Hand files in to be checked, as a visitor does."""
        self.open("/check/")
        self.page.set_input_files("#files", list(files))
        follow(self.page.locator("form[data-check] button.primary"))
        return self.page

    def axe(self) -> list[str]:
        """What axe-core finds wrong with the page."""
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE)
        found = self.page.evaluate(
            f"axe.run(document, {{runOnly: {RULES}, resultTypes: ['violations']}})"
        )
        return [_told(rule["id"], node) for rule in found["violations"] for node in rule["nodes"]]

    def htmlcs(self) -> list[str]:
        """What HTML_CodeSniffer, the engine of pa11y, calls an error under WCAG 2 AA."""
        self.page.evaluate(HTMLCS)
        return [said for said in self.page.evaluate(HTMLCS_ERRORS) if DISAGREED not in said]

    def malformed(self) -> list[str]:
        """Where the page as it was sent departs from the grammar of HTML."""
        assert self.answer is not None
        parser = html5lib.HTMLParser()
        parser.parse(self.answer.text())
        return [f"{place}: {code} {values}" for place, code, values in parser.errors]

    def sideways(self) -> int:
        """By how many pixels the page is wider than the screen."""
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        return int(self.page.evaluate(wide))

    def noticed(self) -> Sequence[str]:
        """Requests to elsewhere, errors of scripts, violations of the content policy."""
        violations = self.page.evaluate("window.violations ?? []") if self.scripts else []
        return [*self.faults, *violations]


def follow(control: Locator) -> None:
    """Press what leads to another page, and wait until that page is there."""
    with control.page.expect_navigation():
        control.click()


def _told(rule: str, node: dict[str, str]) -> str:
    return f"{rule}: {node['html'][:200]} — {node['failureSummary'][-200:]}"


def reader_in(context: BrowserContext, *, site: Site, scripts: bool) -> Reader:
    """A reader whose browser notes what a page must not do."""
    if scripts:
        context.add_init_script(WATCH)
    reader = Reader(page=context.new_page(), site=site, scripts=scripts)

    def asked(request: Request) -> None:
        if not request.url.startswith((site.url, "data:", "blob:")):
            reader.faults.append(f"request to {request.url}")

    def told(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not message.text.startswith(EXPECTED):
            reader.faults.append(f"console: {message.text}")

    def answered(response: Response) -> None:
        if response.request.is_navigation_request():
            reader.answer = response

    reader.page.on("request", asked)
    reader.page.on("response", answered)
    reader.page.on("console", told)
    reader.page.on("pageerror", lambda error: reader.faults.append(f"script: {error}"))
    return reader
