"""What the log has to do with block chains: a page, and the statement that one could anchor."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongzhi.core.ledger.anchoring import payload_of, statement_of
from gongzhi.parties.middleware import MemberRequest
from gongzhi.trust.proofs import believable_head
from gongzhi.web.downloads import as_file


@require_safe
def chain(request: MemberRequest) -> HttpResponse:
    """What the log gives that a chain gives, what it does without, and how to anchor it in one."""
    statement = _statement()
    context = {"statement": statement, "payload": payload_of(statement).hex()}
    return render(request, "pages/ledger_chain.html", context)


@require_safe
def anchor_statement(request: MemberRequest) -> HttpResponse:  # noqa: ARG001
    """The statement that names the newest cosigned checkpoint."""
    statement = _statement()
    if not statement:
        raise Http404
    return as_file(statement, name="gongzhi-anchor.txt")


def _statement() -> str:
    """The statement about the newest checkpoint that has its quorum; empty while there is none."""
    head = believable_head()
    return statement_of(head.checkpoint) if head and head.is_cosigned else ""
