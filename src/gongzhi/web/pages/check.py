"""Check a form: drop, choose or paste; the result is the answer, and nothing is kept."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from gongzhi.core.terms import Paper, Said
from gongzhi.intake.limits import LIMITS
from gongzhi.papers.reading import read_file
from gongzhi.web.carried import Carried, unpacked
from gongzhi.web.clauses import clause_shown
from gongzhi.web.limits import ALLOWED, within_limit
from gongzhi.web.pages import refusals
from gongzhi.web.results import result_page

PASTED_CHARACTERS_MAX = 2 * 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A file as it came: its name and its bytes."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Why nothing could be checked, what to do, and the field to go to."""

    field: str
    what: Said
    hint: Said


NOTHING_GIVEN = Fault(
    field="files",
    what=Said("还没有给表。"),
    hint=Said("选一个文件，或者把表粘贴在下面。"),
)
TOO_MANY = Fault(
    field="files",
    what=Said("一次最多 {files} 个文件。", ALLOWED),
    hint=Said("分几次交。"),
)
TOO_LONG = Fault(
    field="pasted",
    what=Said("粘贴的内容太长。"),
    hint=Said("存成文件再交。"),
)
GONE = Fault(
    field="files",
    what=Said("这一页的结果已经过期，或者被改动过。"),
    hint=Said("请把表再交一次。"),
)


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """The form to give a form, and the result of what was given."""
    if request.method != "POST":
        return asked(request, ())
    times = LIMITS.uploads_per_minute_per_address_max
    if not within_limit(request, act="check", times_a_minute=times):
        return refusals.too_often(request)
    given = _given(request)
    if isinstance(given, Fault):
        return asked(request, (given,), status=413 if given is TOO_MANY else 400)
    return result_page(request, Carried(papers=_read(given)))


@require_http_methods(["GET", "HEAD", "POST"])
def again(request: HttpRequest) -> HttpResponse:
    """The same result under other rules or in another language, from what the page carries."""
    if request.method != "POST":
        return redirect("check")
    carried = unpacked(request.POST.get("state", ""))
    if carried is None:
        return asked(request, (GONE,), status=400)
    pack = request.POST.get("pack", carried.pack)
    return result_page(request, Carried(papers=carried.papers, pack=pack))


def asked(request: HttpRequest, problems: Sequence[Fault], *, status: int = 200) -> HttpResponse:
    """The page that asks for a form, with what was wrong with what was given before."""
    context = {
        "problems": problems,
        "limits": ALLOWED,
        "clause": clause_shown("6.3"),
        "pasted": request.POST.get("pasted", "")[:PASTED_CHARACTERS_MAX],
    }
    return render(request, "pages/check.html", context, status=status)


def _given(request: HttpRequest) -> list[Given] | Fault:
    files = request.FILES.getlist("files")
    pasted = request.POST.get("pasted_markup") or request.POST.get("pasted", "")
    if len(files) > LIMITS.files_at_once_max:
        return TOO_MANY
    if len(pasted) > PASTED_CHARACTERS_MAX:
        return TOO_LONG
    given = [_uploaded(file) for file in files]
    if pasted.strip():
        given.append(_pasted(pasted))
    return given or NOTHING_GIVEN


def _uploaded(file: "UploadedFile[bytes]") -> Given:
    return Given(name=file.name or "?", content=file.read())


def _pasted(text: str) -> Given:
    """What was pasted, as the kind of file that it is."""
    if "<table" in text.lower():
        return Given(name="pasted.html", content=b"<meta charset=utf-8>" + text.encode())
    return Given(name="pasted.csv", content=text.encode())


def _read(given: Sequence[Given]) -> tuple[Paper, ...]:
    with ThreadPoolExecutor(LIMITS.parsers_at_once_max) as readers:
        return tuple(readers.map(lambda one: read_file(one.name, one.content), given))
