"""A result as a file: findings as Word, the list as Excel, everything as JSON."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from gongzhi.papers.checking import CheckedFile
from gongzhi.papers.findings_docx import findings_docx
from gongzhi.papers.findings_xlsx import findings_xlsx
from gongzhi.papers.result import as_json
from gongzhi.web.carried import unpacked
from gongzhi.web.downloads import DOCX, XLSX, as_file
from gongzhi.web.frame import reader_language
from gongzhi.web.pages.check import GONE, asked
from gongzhi.web.results import checked_files

Writer = Callable[[Sequence[CheckedFile], str], bytes]


def _word(files: Sequence[CheckedFile], language: str) -> bytes:
    forms = [form for file in files for form in file.forms]
    units = {form.form.unit for form in forms}
    unit = units.pop() if len(units) == 1 else None
    return findings_docx(forms, unit=unit or "", language=language)


def _workbook(files: Sequence[CheckedFile], language: str) -> bytes:
    return findings_xlsx(files, language=language)


def _json(files: Sequence[CheckedFile], language: str) -> bytes:
    return json.dumps(as_json(files, language), ensure_ascii=False, indent=2).encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of file that a result can be taken away as."""

    content_type: str
    write: Writer


KINDS: Mapping[str, Kind] = {
    "docx": Kind(content_type=DOCX, write=_word),
    "xlsx": Kind(content_type=XLSX, write=_workbook),
    "json": Kind(content_type="application/json", write=_json),
}


@require_POST
def download(request: HttpRequest, kind: str) -> HttpResponse:
    """The result that the page carries, as a file."""
    if kind not in KINDS:
        raise Http404
    carried = unpacked(request.POST.get("state", ""))
    if carried is None:
        return asked(request, (GONE,), status=400)
    content = KINDS[kind].write(checked_files(carried), reader_language())
    name = f"gongzhi-findings.{kind}"
    return as_file(content, name=name, content_type=KINDS[kind].content_type)
