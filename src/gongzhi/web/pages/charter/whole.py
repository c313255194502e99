"""The charter: every clause, the rights that rest on it, and where it comes from."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongzhi.core.charter import Charter, Clause
from gongzhi.core.terms import Said
from gongzhi.rules.charter import load_charter


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A clause and the verbs that its policies permit or forbid."""

    clause: Clause
    permits: tuple[Said, ...]
    forbids: tuple[Said, ...]


@require_safe
def charter(request: HttpRequest) -> HttpResponse:
    """All clauses in order."""
    whole = load_charter()
    entries = [_entry(whole, clause) for clause in whole.clauses.values()]
    return render(request, "pages/charter/whole.html", {"charter": whole, "entries": entries})


def _entry(whole: Charter, clause: Clause) -> Entry:
    def verbs(permitting: bool) -> tuple[Said, ...]:
        policies = (p for p in whole.policies if clause.number in p.clauses)
        found = {v for p in policies if p.permits is permitting for v in p.verbs}
        return tuple(said for verb, said in whole.verb_names.items() if verb in found)

    return Entry(clause=clause, permits=verbs(True), forbids=verbs(False))
