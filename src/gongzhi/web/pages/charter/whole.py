"""The whole text, part by part, beside the rights it gives; its versions, and as a document."""

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongzhi.core.charter import Charter
from gongzhi.papers.charter_docx import charter_docx
from gongzhi.parties.business_date import business_date
from gongzhi.parties.charter_lookup import whole_text
from gongzhi.parties.charters import CharterVersion, CharterVersionQuerySet
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.rights import charter_in_force
from gongzhi.rules.charter import load_charter
from gongzhi.web.downloads import DOCX, as_file
from gongzhi.web.frame import reader_language
from gongzhi.web.pages.charter.entries import Entry, entry_of
from gongzhi.web.pages.charter.parts import parts_shown
from gongzhi.web.seals import VERSION_DEEDS, seals_on

QUERY_MAX = 60
NUMBER_DIGITS_MAX = 6


@require_safe
def charter(request: MemberRequest) -> HttpResponse:
    """The text in force, or the version asked for; what a search leaves of it."""
    versions = CharterVersion.objects.visible_to(request.member)
    current = versions.filter(in_force_from__lte=business_date()).first()
    version = _asked(request, versions) or current
    is_older = version is not None and version != current
    whole = whole_text(version.digest) if version and is_older else charter_in_force()
    query = request.GET.get("q", "")[:QUERY_MAX].strip()
    entries = tuple(entry for entry in _entries(whole) if _holds(entry, query))
    parts = parts_shown(whole, entries)
    context = {
        "charter": whole,
        "parts": [part for part in parts if part.entries or not query],
        "version": version,
        "current": current,
        "is_older": is_older,
        "versions": versions.select_related("amendment"),
        "seals": seals_on(versions, verbs=VERSION_DEEDS),
        "query": query,
        "found": len(entries),
    }
    return render(request, "pages/charter/whole.html", context)


@require_safe
def model_document(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - what Django hands over
    """The model text as a Word document."""
    return _download(load_charter(), name="model")


@require_safe
def document(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - what Django hands over
    """The text in force here as a Word document."""
    return _download(charter_in_force(), name="in-force")


def _download(whole: Charter, *, name: str) -> HttpResponse:
    language = reader_language()
    content = charter_docx(whole, language=language)
    return as_file(content, name=f"charter-{name}.{language}.docx", content_type=DOCX)


def _asked(request: MemberRequest, versions: CharterVersionQuerySet) -> CharterVersion | None:
    number = request.GET.get("version", "")
    if not number:
        return None
    if not (number.isascii() and number.isdigit()):
        raise BadRequest("version")
    found: CharterVersion | None = versions.filter(number=int(number[:NUMBER_DIGITS_MAX])).first()
    if found is None:
        raise Http404
    return found


def _entries(whole: Charter) -> tuple[Entry, ...]:
    return tuple(entry_of(whole, clause) for clause in whole.clauses.values())


def _holds(entry: Entry, query: str) -> bool:
    """Whether a clause speaks of what is looked for, in either language or by its number."""
    clause = entry.clause
    texts = (clause.number, clause.title.zh, clause.title.en, clause.text.zh, clause.text.en)
    return any(query.casefold() in text.casefold() for text in texts)
