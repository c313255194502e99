"""The indicator library: each indicator with why it matters, how it is counted, what proves it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongzhi.core.goals.library import LibraryIndicator
from gongzhi.core.terms import Text
from gongzhi.rules.indicators import load_classes, load_library

GENERAL = Text(zh="各类项目通用", en="For every class")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """A functional class and the indicators written for it."""

    code: str
    name: Text
    indicators: tuple[LibraryIndicator, ...]


@require_safe
def indicator_library(request: HttpRequest) -> HttpResponse:
    """Every indicator, those for all classes first."""
    shelves = list(_shelves())
    context = {"shelves": shelves, "count": sum(len(each.indicators) for each in shelves)}
    return render(request, "pages/indicators.html", context)


def _shelves() -> Iterator[Shelf]:
    library = load_library().values()
    general = tuple(each for each in library if each.is_general)
    yield Shelf(code="any", name=GENERAL, indicators=general)
    for code, named in load_classes().items():
        own = tuple(each for each in library if each.code.startswith(f"{code}-"))
        if own:
            yield Shelf(code=code, name=named.name, indicators=own)
