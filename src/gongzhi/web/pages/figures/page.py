"""The page that every answer is shown on."""

from django.http import HttpResponse
from django.shortcuts import render

from gongzhi.parties.middleware import MemberRequest
from gongzhi.web.pages.figures.answer import Answer
from gongzhi.web.pages.figures.behind import Behind


def answer_page(
    request: MemberRequest, answer: Answer, *, rows: Behind | None = None
) -> HttpResponse:
    """An answer, with the rows behind it a page at a time."""
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "answer": answer,
        "rows": rows.shown if rows else None,
        "behind": rows,
        "query": f"{query.urlencode()}&" if query else "",
    }
    return render(request, "pages/figure.html", context)
