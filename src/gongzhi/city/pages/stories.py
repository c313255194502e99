"""The nine stories of the demo: what each tells, and how far it has come."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongzhi.city.invented.calendar import YEAR
from gongzhi.city.invented.telling import told_stories
from gongzhi.city.invented.values import Story
from gongzhi.city.pages.told import Standing, coming, deeds_of, past, projects_of, standings
from gongzhi.core.charter import VISITOR
from gongzhi.parties.business_date import business_date
from gongzhi.parties.sign_in import may_switch


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """A story in the list, with its projects as they stand and the next day of its own."""

    story: Story
    standings: list[Standing]
    done: int
    whole: int


@require_safe
def demo_stories(request: HttpRequest) -> HttpResponse:
    """All nine, each with how its projects stand."""
    today = business_date()
    standing = standings(projects_of(told_stories()), year=YEAR)
    tellings = [
        Telling(
            story=story,
            standings=[each for each in standing if each.project.code in story.projects],
            done=sum(deed.on <= today for deed in deeds_of(story)),
            whole=len(deeds_of(story)),
        )
        for story in told_stories()
    ]
    return render(request, "pages/demo/stories.html", {"tellings": tellings, "today": today})


@require_safe
def demo_story(request: HttpRequest, story: str) -> HttpResponse:
    """One of them: what has happened, what is open, what comes next."""
    told = next((each for each in told_stories() if each.code == story), None)
    if told is None:
        raise Http404
    today = business_date()
    member = getattr(request, "member", VISITOR)
    projects = projects_of([told])
    context = {
        "story": told,
        "today": today,
        "standings": standings(projects, year=YEAR),
        "past": past(told, projects, member=member, today=today),
        "coming": coming(told, projects, today=today),
        "switches": may_switch(request),
    }
    return render(request, "pages/demo/story.html", context)
