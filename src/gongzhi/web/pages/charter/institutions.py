"""制度库: the laws and rules that clauses rest on, and which clauses and rights hang on each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongzhi.core.charter import Charter, Institution
from gongzhi.core.charter.gaps import citing, is_lapsed
from gongzhi.core.terms import Text
from gongzhi.papers.articles import articles_text
from gongzhi.papers.charter_docx import LEVELS
from gongzhi.parties.business_date import business_date
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.rights import charter_in_force
from gongzhi.web.filters import chosen_in, filter_of
from gongzhi.web.frame import reader_language
from gongzhi.web.pages.charter.entries import ShownVerb, verbs_shown
from gongzhi.web.shown import Filter
from gongzhi.words import translate

QUERY_MAX = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Citing:
    """A clause that rests on an institution, and on which of its articles."""

    number: str
    title: Text
    article: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownInstitution:
    """An institution with its force on a day, and what hangs on it."""

    institution: Institution
    level: str
    lapsed: bool
    to_come: bool
    clauses: tuple[Citing, ...]
    verbs: tuple[ShownVerb, ...]


@require_safe
def institutions(request: MemberRequest) -> HttpResponse:
    """All of them, or those that the filters leave."""
    charter, today = charter_in_force(), business_date()
    query = request.GET.get("q", "")[:QUERY_MAX].strip()
    filters = _filters(charter, request.GET)
    asked = chosen_in(filters)
    rows = [
        _shown(charter, institution, today=today)
        for institution in charter.institutions.values()
        if _is_found(institution, query)
    ]
    context = {
        "query": query,
        "filters": filters,
        "rows": [row for row in rows if _is_asked(row, asked)],
    }
    return render(request, "pages/charter/institutions.html", context)


@require_safe
def institution(request: MemberRequest, code: str) -> HttpResponse:
    """One institution, with the clauses and rights that hang on it."""
    charter = charter_in_force()
    found = charter.institutions.get(code)
    if found is None:
        raise Http404
    row = _shown(charter, found, today=business_date())
    return render(request, "pages/charter/institution.html", {"row": row})


def _shown(charter: Charter, institution: Institution, *, today: date) -> ShownInstitution:
    numbers = citing(charter, institution.code)
    language = reader_language()
    begins = institution.in_force_from
    return ShownInstitution(
        institution=institution,
        level=translate(LEVELS[institution.level], language),
        lapsed=is_lapsed(institution, today=today),
        to_come=begins is not None and begins > today,
        clauses=tuple(
            Citing(
                number=number,
                title=charter.clauses[number].title,
                article=_article(charter, number, institution.code, language=language),
            )
            for number in numbers
        ),
        verbs=verbs_shown(charter, _verbs_on(charter, frozenset(numbers))),
    )


def _article(charter: Charter, number: str, code: str, *, language: str) -> str:
    sources = charter.clauses[number].sources
    article = next(source.article for source in sources if source.institution.code == code)
    return articles_text(article, language=language) if article else ""


def _verbs_on(charter: Charter, numbers: frozenset[str]) -> frozenset[str]:
    """The deeds that are permitted by one of the clauses."""
    resting = (p for p in charter.policies if p.permits and not numbers.isdisjoint(p.clauses))
    return frozenset().union(*(policy.verbs for policy in resting))


def _is_found(institution: Institution, query: str) -> bool:
    texts = (institution.title.zh, institution.title.en, institution.document_number or "")
    return any(query.casefold() in text.casefold() for text in texts)


def _is_asked(row: ShownInstitution, asked: Mapping[str, str]) -> bool:
    force = "lapsed" if row.lapsed else "holds"
    read = "read" if row.institution.verified else "unread"
    return (
        asked["level"] in ("", row.institution.level)
        and asked["text"] in ("", read)
        and asked["force"] in ("", force)
    )


def _filters(charter: Charter, asked: Mapping[str, str]) -> tuple[Filter, ...]:
    used = {institution.level for institution in charter.institutions.values()}
    language = reader_language()
    levels = {code: translate(name, language) for code, name in LEVELS.items() if code in used}
    texts = {"read": _("核对过原文的"), "unread": _("没有核对过的")}
    force = {"holds": _("有效的"), "lapsed": _("失效的")}
    return (
        filter_of(_("级别"), name="level", values={"": _("各级"), **levels}, asked=asked),
        filter_of(_("原文"), name="text", values={"": _("核对过没有都看"), **texts}, asked=asked),
        filter_of(_("效力"), name="force", values={"": _("有效失效都看"), **force}, asked=asked),
    )
