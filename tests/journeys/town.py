"""A demo that somebody has started, and a browser in it: be anybody, go to a day, act by hand."""

import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from urllib.request import urlopen

from playwright.sync_api import Page, expect
from starting import command

from gongzhi.city.invented.catalogue import load_bodies
from gongzhi.city.invented.telling import told_stories
from gongzhi.city.invented.values import Deed
from gongzhi.city.invented.written import FINANCE, load_stories
from journeys.reader import follow
from witness.test_programs import free_port

DECIDES, CITIZEN = "caizheng", "shimin"
WORKS_ON_FIGURES = re.compile("绩效管理岗|报账员|项目主管|财务经理")
ON_THE_WAY_MS = 900_000
STARTS_S_MAX = 600


@dataclass
class Town:
    """The demo at an address, seen by one browser through one office after another."""

    page: Page
    address: str
    day: date
    who: str = ""

    def open(self, path: str) -> None:
        self.page.goto(self.address + path)

    def sit(self, username: str) -> None:
        """Take one of the ten seats."""
        if self.who != username:
            self.open("/demo/offices/")
            follow(self.page.locator(f"main button[name=seat][value='{username}']"))
            self.who = username

    def work_in(self, organisation: str) -> None:
        """Sit down where somebody of an organisation answers for its figures."""
        if self.who == organisation:
            return
        self.open("/demo/offices/")
        card = self.page.locator("li.seat", has_text=organisation).locator("button[name=seat]")
        if card.count():
            follow(card.first)
        else:
            self.page.locator("#others summary").click()
            place = self.page.locator("ul.staffed li", has_text=organisation).first
            offices = place.locator("button[name=office]").filter(has_text=WORKS_ON_FIGURES)
            follow(offices.first)
        self.who = organisation

    def take_office(self, title: str) -> None:
        """Sit down in an office that isn't one of the ten."""
        self.open("/demo/offices/")
        self.page.locator("#others summary").click()
        follow(self.page.locator("#others button[name=office]", has_text=title).first)
        self.who = title

    def go_to(self, day: date) -> None:
        """Let the date go on, and wait until it has."""
        self.open("/demo/stories/")
        self.page.fill("#demo-to", day.isoformat())
        follow(self.page.locator(".demo-date button").first)
        self.page.wait_for_url("**/demo/stories/", timeout=ON_THE_WAY_MS)
        expect(self.page.locator(".demo-bar")).to_contain_text(day.isoformat())
        self.day = day

    def project(self, code: str) -> None:
        """A project's page of money and goals, found by way of its story."""
        story = next(each for each in told_stories() if code in each.projects)
        self.open(f"/demo/stories/{story.code}/")
        follow(self.page.locator("#now a", has_text=self.names[code]).first)

    def signals(self, code: str) -> str:
        """What monitoring hints at for a project, as the finance bureau reads it."""
        self.sit(DECIDES)
        self.project(code)
        return self.page.locator("#signals").inner_text()

    def alerts(self, code: str) -> Sequence[str]:
        """How the alerts of a project stand, as the finance bureau reads it."""
        self.sit(DECIDES)
        self.project(code)
        return self.page.locator("#alerts li").all_inner_texts()

    def take_step(self, deed: Deed) -> None:
        """Do what the story tells by hand: the form of the alert, filled in and sent."""
        if deed.by == FINANCE:
            self.sit(DECIDES)
        else:
            self.work_in(self.bodies[deed.by])
        self.project(deed.project)
        of_round = re.compile(rf"^\s*{deed.round} 月底")
        follow(self.page.locator("#alerts a", has_text=of_round).first)
        form = self.page.locator(f"form#{deed.verb}")
        if deed.choice:
            form.locator(f"input[name=choice][value='{deed.choice}']").check()
        form.locator("textarea").fill(deed.text)
        follow(form.locator(".actions > button").first)
        expect(self.page.locator("#steps")).to_contain_text(deed.text)

    @cached_property
    def bodies(self) -> dict[str, str]:
        """The names of organisations by their codes."""
        return {body.code: body.name.zh for body in load_bodies()}

    @cached_property
    def names(self) -> dict[str, str]:
        """The names of the stories' projects by their codes."""
        return {
            code: project.name.zh
            for story, written in zip(told_stories(), load_stories(), strict=True)
            for code, project in zip(story.projects, written.projects, strict=True)
        }


@contextmanager
def started_demo() -> Iterator[str]:
    """A demo in a folder of its own, as a person starts it; its address once a page comes."""
    home = Path(tempfile.mkdtemp(prefix="gongzhi-test-"))
    home.chmod(0o711)  # the server's user passes through it
    line, environment = command(home, "--port", str(free_port()))
    address = f"http://127.0.0.1:{line[-1]}"
    with (home / "said").open("w") as said:
        process = subprocess.Popen(
            line, env=environment, stdout=said, stderr=subprocess.STDOUT, start_new_session=True
        )
        try:
            _wait(process, address, said=home / "said")
            yield address
        finally:
            process.terminate()
            process.wait(timeout=60)
            shutil.rmtree(home, ignore_errors=True)


def _wait(process: "subprocess.Popen[bytes]", address: str, *, said: Path) -> None:
    until = time.monotonic() + STARTS_S_MAX
    while time.monotonic() < until:
        assert process.poll() is None, said.read_text()
        try:
            with urlopen(address, timeout=30):  # noqa: S310 - our own
                return
        except OSError:
            time.sleep(0.5)
    raise AssertionError(f"the demo doesn't answer: {said.read_text()}")
