"""The nine stories in a demo that somebody has started: a year lived to its end in a browser.

One demo serves all of them. Its date goes on stop by stop; at each stop the hints are read that
the stories tell of, and at some of them a person does by hand what a story tells for the days to
come, so that the year finds it done.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, expect

from city.watching import signals
from gongzhi.city.invented import CityYear, the_year
from gongzhi.city.invented.values import Deed, Shows, Story
from gongzhi.web.pages.monitoring.seen import NAMES
from journeys.judging import judge
from journeys.reader import follow
from journeys.town import CITIZEN, Town, started_demo

pytestmark = pytest.mark.deep  # a year takes minutes; its days are also lived in test_living
OPENS_ON, YEARS_END = date(2026, 3, 13), date(2026, 12, 31)
# Where the date stops, so that something is done by hand in each story before it is told.
STOPS = [
    date(2026, 3, 26),
    date(2026, 4, 14),
    date(2026, 5, 7),
    date(2026, 5, 19),
    date(2026, 7, 13),
    date(2026, 7, 31),
    date(2026, 9, 14),
    YEARS_END,
]
CODES = [
    "bridge",
    "schools",
    "hospitals",
    "air",
    "community",
    "energy",
    "flood",
    "traffic",
    "old-town",
]
DAY = timedelta(days=1)
OVER = ("已办结", "已撤回", "整改中", "待核查")


@dataclass
class Lived:
    """The year as it was lived: what was read and done in each story, and what went wrong."""

    city: CityYear
    town: Town
    seen: dict[str, set[str]] = field(default_factory=dict)
    done: dict[str, list[Deed | str]] = field(default_factory=dict)
    faults: dict[str, list[str]] = field(default_factory=dict)

    def note(self, code: str, scene: Callable[[], None]) -> None:
        """Play a scene of a story; what fails is told by the story's own test."""
        try:
            scene()
        except Exception as fault:  # noqa: BLE001 - told again by the story that it belongs to
            where = f"{self.town.day} {self.town.who} {self.town.page.url}"
            self.faults.setdefault(code, []).append(f"{where}: {fault}")

    def read(self, story: Story) -> None:
        """Read the hints that a story tells of and that its facts show today."""
        for project in story.projects:
            told = [each for each in story.shows if each.project == project]
            if self._due(told):
                text = self.town.signals(project)
                for shows in told:
                    self._hold(story, shows, text)

    def _due(self, told: list[Shows]) -> bool:
        return any(each.on <= self.town.day for each in told)

    def _hold(self, story: Story, shows: Shows, text: str) -> None:
        """A hint stands where the facts of the day show it, payments as far as they came."""
        if shows.on > self.town.day:
            return
        venture, came = self.city.venture(shows.project), _files_came(self.town.day)
        found = signals(venture, self.town.day, paid_by=came)
        expected = shows.signal in {each.code for each in found}
        name = NAMES[shows.signal].text
        assert (name in text) is expected, f"{name}: {expected} in {text!r}"
        if expected:
            self.seen.setdefault(story.code, set()).add(shows.signal)

    def act(self, story: Story, *, until: date) -> None:
        """Do by hand what the story tells next, if it tells it before the next stop."""
        if story.code in self.done:
            return
        answers = (each for each in story.deeds if each.verb == "answer_alert")
        answer = next((each for each in answers if each.on > self.town.day), None)
        if answer is not None and answer.on <= min(until, self.town.day + 8 * DAY):
            self.town.take_step(answer)
            self.done[story.code] = [answer]
            self._decide(story, answer)

    def _decide(self, story: Story, answer: Deed) -> None:
        """What the finance bureau decides on the answer, if that is what comes next."""
        of_alert = [each for each in story.deeds if each.project == answer.project]
        rest = [each for each in of_alert if each.round == answer.round and each.on > answer.on]
        if rest and rest[0].verb in ("accept_answer", "return_answer"):
            self.town.take_step(rest[0])
            self.done[story.code].append(rest[0])


def _files_came(day: date) -> date:
    """The last day on which files of payments came."""
    is_last = (day + DAY).month != day.month
    return day if is_last else day.replace(day=16) if day.day >= 16 else day.replace(day=1) - DAY


@pytest.fixture(scope="module")
def lived(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Lived]:
    """The year, lived to its end by one person who sat in many offices; of the stories chosen."""
    asked = _asked(request) or set(CODES)
    with started_demo() as address:
        context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
        page = context.new_page()
        page.set_default_timeout(60_000)
        year = Lived(city=the_year(), town=Town(page=page, address=address, day=OPENS_ON))
        for stop, after in zip([OPENS_ON, *STOPS], [*STOPS, YEARS_END], strict=True):
            if stop > OPENS_ON:
                year.town.go_to(stop)
            for story in (each for each in year.city.stories if each.code in asked):
                year.note(story.code, lambda story=story: year.read(story))
                year.note(story.code, lambda story=story, after=after: year.act(story, until=after))
            if stop == date(2026, 7, 31) and "community" in asked:
                year.note("community", lambda: neighbours_report(year))
        if asked >= {"bridge", "hospitals", "air"}:
            judge(year)
        yield year
        context.close()


def _asked(request: pytest.FixtureRequest) -> set[str]:
    """The stories of the tests that were chosen to run."""
    calls = [getattr(item, "callspec", None) for item in request.session.items]
    return {call.params["code"] for call in calls if call and call.params.get("code") in CODES}


def neighbours_report(year: Lived) -> None:
    """The neighbours' association reads how many of the residents' needs were met."""
    story = next(each for each in year.city.stories if each.code == "community")
    town, code = year.town, story.projects[0]
    town.sit("shezu")
    town.project(code)
    follow(town.page.locator("a", has_text="指标读数").first)
    form = town.page.locator("#add_reading form")
    expect(form).to_be_visible()
    form.locator("[name=indicator]").select_option("needs")
    form.locator("[name=source]").select_option("social")
    form.locator("[name=starts_on]").fill("2026-01-01")
    form.locator("[name=ends_on]").fill("2026-07-31")
    form.locator("[name=value]").fill("1")
    follow(form.locator(".actions > button").first)
    expect(town.page.locator("main")).to_contain_text("云河市邻里互助社")
    year.done["community"] = ["提交指标读数"]


@pytest.mark.parametrize("code", CODES)
def test_a_story_is_seen_answered_and_followed_to_the_years_end(lived: Lived, code: str):
    story = next(each for each in lived.city.stories if each.code == code)

    assert lived.faults.get(code, []) == []
    assert lived.seen.get(code), "a hint was seen"
    assert lived.done.get(code), "somebody acted by hand"
    for project in story.projects:
        for alert in lived.town.alerts(project):
            # of the year's last month, or of the last day, by the plan of goals drafted by hand
            is_new = "12 月底" in alert or ("8 月底" in alert and "余 10 个工作日" in alert)
            assert is_new or any(stage in alert for stage in OVER), alert
    lived.town.open(f"/demo/stories/{code}/")
    past = lived.town.page.locator("#past").inner_text()
    for deed in lived.done[code]:
        assert (deed if isinstance(deed, str) else deed.text) in past
    assert lived.town.page.locator("#coming").inner_text().count("走到这一天") == 0
    assert lived.town.page.locator("#past .seal").count() > 3, "each step leads to its proof"


def test_a_citizen_reads_every_project_of_the_stories(lived: Lived):
    lived.town.sit(CITIZEN)
    for code in lived.town.names:
        lived.town.project(code)
        expect(lived.town.page.locator("h1")).to_contain_text(lived.town.names[code])
        assert lived.town.page.locator("figure, svg").count()


def test_the_date_goes_forward_only(lived: Lived):
    answer = lived.town.page.request.get(lived.town.address + "/demo/way/?next=/demo/stories/")
    assert answer.url.endswith("/demo/stories/"), "nobody is on the way"
    assert "故事走完了" in answer.text()
