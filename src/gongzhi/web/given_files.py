"""The file that a form brings beside its fields: screened, and refused at its field."""

from django.http import HttpRequest

from gongzhi.core.terms import Problem, Said
from gongzhi.intake.screening import ScreenedFile, screened
from gongzhi.parties.unsuitable import Unsuitable


def file_given(request: HttpRequest) -> ScreenedFile | None:
    """The file that was sent, if any; raises Unsuitable with what is wrong with it."""
    given = request.FILES.get("file")
    if given is None:
        return None
    file = screened(given.name or "?", given.read())
    if isinstance(file, Problem):
        told = Said("{what}；{hint}", {"what": file.what, "hint": file.hint})
        raise Unsuitable({"file": told})
    return file
