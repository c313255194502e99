"""The page of a result: every file with its problems and its forms, and what can be done next."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongzhi.core.terms import Problem, Said
from gongzhi.papers.checking import CheckedFile, check_paper
from gongzhi.papers.places import place_text
from gongzhi.rules.packs import load_packs
from gongzhi.web.carried import Carried, packed
from gongzhi.web.checked_forms import ShownForm, shown_form
from gongzhi.web.clauses import clause_shown
from gongzhi.web.filled import new_key
from gongzhi.web.frame import reader_language
from gongzhi.web.limits import ALLOWED


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownProblem:
    """What could not be read, with its place in words."""

    place: str
    what: Said
    hint: Said


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownFile:
    """A file of the result."""

    name: str
    problems: tuple[ShownProblem, ...]
    forms: tuple[ShownForm, ...]


def checked_files(carried: Carried) -> list[CheckedFile]:
    """What was read, checked anew under the chosen rules, or each form under its own."""
    chosen = load_packs().get(carried.pack)
    return [check_paper(paper, pack=chosen) for paper in carried.papers]


def result_page(
    request: HttpRequest, carried: Carried, *, without_consent: bool = False
) -> HttpResponse:
    """The result, carrying what it needs to be downloaded, read otherwise or shared."""
    context = {
        **shown_result(carried),
        "state": packed(carried),
        "display_form": "result",
        "without_consent": without_consent,
    }
    return render(request, "pages/result.html", context, status=422 if without_consent else 200)


def shown_result(carried: Carried) -> dict[str, object]:
    """What the template of a result needs."""
    files = [_shown(file, number) for number, file in enumerate(checked_files(carried), 1)]
    forms = [form for file in files for form in file.forms]
    return {
        "files": files,
        "forms": forms,
        "problems": [problem for file in files for problem in file.problems],
        "certain": sum(len(form.sheet.certain) for form in forms),
        "advisory": sum(len(form.sheet.advisory) for form in forms),
        "packs": load_packs().values(),
        "chosen": carried.pack,
        "sharing": clause_shown("6.4"),
        "days": ALLOWED["days"],
        "key": new_key(),
    }


def _shown(file: CheckedFile, number: int) -> ShownFile:
    pairs = zip(file.forms, file.reasons, strict=True)
    return ShownFile(
        name=file.name,
        problems=tuple(_problem(problem) for problem in file.problems),
        forms=tuple(
            shown_form(checked, key=f"form-{number}-{place}", why=why)
            for place, (checked, why) in enumerate(pairs, 1)
        ),
    )


def _problem(problem: Problem) -> ShownProblem:
    place = place_text(problem.where, reader_language())
    return ShownProblem(place=place, what=problem.what, hint=problem.hint)
