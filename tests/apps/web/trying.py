"""Every operation with every thing, tried by everybody: what is expected, what is observed."""

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Model
from django.http import HttpResponse
from django.urls import URLPattern, reverse

from apps.web.balance_things import COMPENSATIONS_OF, NOT_AT_THIS_TABLE
from apps.web.bodies import ASKED_ON, BODIES, MADE, Body, body_of
from apps.web.cast import Cast, Row, Somebody
from apps.web.letters import MADE_OF
from apps.web.meetings import SEATS_OF
from apps.web.panels import NOT_THAT_DAY, VOLUNTEERS_OF
from apps.web.processes import STAKEHOLDERS_OF
from apps.web.talks import SAID_OF
from apps.web.voices import NOT_SUPPORTED
from apps.web.votes import NOT_NOW, ONCE_COUNTED, PROPOSALS_OF
from gongzhi.core.charter import INSTALLATION, VISITOR, Member, Thing, decide
from gongzhi.core.charter.explaining import NEEDS_FRESH, WRONG_STAGE, reasoned
from gongzhi.core.charter.vocabulary import VIEW
from gongzhi.desk.things import filtered_kinds, kind_of
from gongzhi.parties.asked_once import asked_once
from gongzhi.parties.charter_lookup import charter_asked_once
from gongzhi.parties.rights import charter_in_force
from gongzhi.web.operation import ANY_KIND, GET, Operation
from gongzhi.web.operations import OPERATIONS, making
from gongzhi.web.urls import urlpatterns

PATTERNS: Mapping[str, URLPattern] = {pattern.name: pattern for pattern in urlpatterns}
# What stands in an address beside a thing, by the parameter's name.
WORDS: Mapping[str, object] = {
    "index": 0,
    "row": 0,
    "verb": "share_result",
    "which": "model",
    "session": "x" * 16,
    "number": "4.3",
    "code": "budget-law",
    "figure": "budget",
    "ending": "xlsx",
    "table": "goals",
    "dataset": "projects",
    "document": "docx",
    "year": 2026,
}
# Addresses that are themselves the right to what they lead to (a link, a one-time token).
SECRETS = frozenset({"shared", "new-password", "meeting-feed-file", "accept_invitation"})
# What programs bring, which is believed for its signature alone, whoever brings it.
SIGNED = frozenset({"cosignatures"})
# Files that are there when the log is long enough (test_log_files.py).
GROWN = frozenset({"log-tile"})
# What is nobody's but its person's, without a clause: it protects their own account.
OWN = frozenset({"contact", "factor"})
# Feeds show everybody what anybody may read, whoever asks; the demo's pages are in no test.
FEEDS = frozenset({"activity-about-atom"})
DEMO_ONLY = frozenset({"inbox"})
# What is there once a provider is set (test_sign_in_by_provider.py).
BY_PROVIDER = frozenset({"sign-in-provider", "provider-answered"})
# What is there once witnesses have cosigned; the cast has none (test_ledger_pages.py).
COSIGNED = frozenset({"anchor-statement"})
# Files of what isn't published yet are nobody's.
ONCE_PUBLISHED = frozenset({"pack-file", "survey-result-file", "minutes-paper"})
# A draw's file is there once its pool closed.
ONCE_POOLED = frozenset({"panel-draw-file"})
# What a topic's last map was computed from is there once the map is published.
ONCE_MAPPED = frozenset({"stance-matrix"})
DONE, REFUSED, MISSING, TOO_EARLY, UNSUITABLE = "done", 403, 404, 409, 422
SIGN_IN, AGAIN = "to signing in", "to showing a factor"


@dataclass(frozen=True, slots=True, kw_only=True)
class Try:
    """One operation with one row, as anybody may try it."""

    operation: Operation
    address: str
    thing: Callable[[Somebody], Thing]
    body: Callable[[], Body]
    row: Row = None
    itself: Thing | None = None  # the row as the charter sees it, where it is such a thing

    @property
    def name(self) -> str:
        """What a failing sweep says: the route, the kind of row, its stage."""
        kind = kind_of_row(self.row) if self.row is not None else ""
        stage = getattr(self.row, "stage", "") or ""
        label = getattr(self.row, "label", "") or ""
        return " ".join(filter(None, (self.operation.name, kind, stage, label)))

    def ask(self, somebody: Somebody) -> HttpResponse:
        """What the site answers, with all that it did undone."""
        cookies = deepcopy(somebody.client.cookies)
        with transaction.atomic():
            answer = self.send(somebody)
            if answer.streaming:
                b"".join(answer.streaming_content)  # a file is closed at its end
            transaction.set_rollback(True)
        somebody.client.cookies = cookies
        return answer

    def send(self, somebody: Somebody, *, more: Mapping[str, str] | None = None) -> HttpResponse:
        """What the site answers when somebody tries it; perhaps with more in the form."""
        if GET in self.operation.methods:
            return somebody.client.get(self.address)
        return somebody.client.post(self.address, {"key": "once", **(more or {}), **self.body()})


def tries(cast: Cast, *, only: Collection[str] = ()) -> Iterator[Try]:
    """Every operation with every row that fits into its address; or those named alone."""
    for operation in OPERATIONS:
        if operation.name in SECRETS | SIGNED | GROWN or (only and operation.name not in only):
            continue
        for row in _rows(cast, operation):
            cast.stay_fresh()
            if operation.name != "why" or _verb_on(row):
                yield _try(cast, operation, row)


def _rows(cast: Cast, operation: Operation) -> tuple[Row, ...]:
    if operation.of is None:
        return (None,)
    if operation.of == ANY_KIND:
        return tuple(row for kind in filtered_kinds() for row in cast.things.get(kind, ()))
    return cast.things[operation.of]


def _try(cast: Cast, operation: Operation, row: Row) -> Try:
    assert operation.name in BODIES or not operation.verb, f"{operation.name} is not in bodies.py"
    itself = row.thing() if hasattr(row, "thing") else None
    asked_on = ASKED_ON.get(operation.name)
    asked = itself if asked_on is None else asked_on(row).thing()
    return Try(
        operation=operation,
        address=address(operation, row),
        row=row,
        itself=itself,
        thing=lambda somebody: _thing(cast, operation, row, asked, somebody),
        body=lambda: body_of(cast, operation.name),
    )


def address(operation: Operation, row: Row, *, identifier: object = None) -> str:
    """Where an operation with a row is; perhaps with another identifier in its place."""
    given: dict[str, object] = {}
    for name in PATTERNS[operation.name].pattern.converters:
        if name == operation.parameter:
            given[name] = identifier or identifier_of(row)
        elif name == "kind":
            given[name] = kind_of_row(row) if row is not None else "json"
        elif name == "verb" and row is not None:
            given[name] = _verb_on(row)
        else:
            given[name] = WORDS[name]
    return reverse(operation.name, kwargs=given)


def kind_of_row(row: Row) -> str:
    """The kind of thing that a row is; what isn't one is called like its model."""
    return str(row.thing().kind) if hasattr(row, "thing") else kind_of(type(row))


def identifier_of(row: Row) -> object:
    """What names a row in an address."""
    return row.pk if isinstance(row, Model) else row.thing().id


def _verb_on(row: Row) -> str:
    """Something that can be done with a row."""
    verbs = charter_in_force().verbs_on.get(kind_of_row(row), ())
    return next((verb for verb in verbs if verb not in making()), "")


def _thing(
    cast: Cast, operation: Operation, row: Row, asked: Thing | None, somebody: Somebody
) -> Thing:
    """What the charter is asked about: what would be made, the row, or nothing in particular."""
    made = MADE_OF | STAKEHOLDERS_OF | SAID_OF | SEATS_OF | VOLUNTEERS_OF | COMPENSATIONS_OF
    made = made | PROPOSALS_OF
    if operation.name in made:
        return made[operation.name](row, somebody.member)
    made = MADE.get(operation.name) or MADE.get(operation.verb or "")
    if made and operation.makes:
        return made(cast, somebody.member)
    return asked or INSTALLATION


@contextmanager
def nothing_changes() -> Iterator[None]:
    """While questions are only asked, the database is asked each of its own once."""
    with charter_asked_once(), asked_once():
        yield


def expected(attempt: Try, somebody: Somebody) -> object:
    """What the charter, asked in full, says must happen."""
    operation, member = attempt.operation, somebody.member
    if operation.signed_in and member.person is None:
        return SIGN_IN
    reader = VISITOR if operation.name in FEEDS else member
    if operation.name in DEMO_ONLY | COSIGNED | BY_PROVIDER or not _is_there(attempt, reader):
        return MISSING
    if operation.verb is None:
        return DONE
    thing = attempt.thing(somebody)
    if operation.verb not in charter_in_force().verbs_on[thing.kind]:
        return REFUSED
    answer = reasoned(charter_in_force(), member, operation.verb, thing)
    if answer.allowed:
        not_today = (NOT_THAT_DAY | NOT_SUPPORTED | NOT_NOW | NOT_AT_THIS_TABLE).get(
            operation.name, lambda _: False
        )
        return UNSUITABLE if not_today(attempt.row) else DONE
    if answer.reason == NEEDS_FRESH:
        return AGAIN
    return TOO_EARLY if answer.reason == WRONG_STAGE else REFUSED


def _is_there(attempt: Try, reader: Member) -> bool:
    """Whether there is a page: of a row that may be read, of a list that may be read."""
    if attempt.operation.lists:
        return readable(Thing(kind=attempt.operation.lists, id="any"), reader)
    row = attempt.row
    if row is None:
        return True
    if attempt.operation.name in ONCE_PUBLISHED and getattr(row, "stage", "") != "published":
        return False
    if attempt.operation.name in ONCE_POOLED and getattr(row, "lottery", None) is None:
        return False
    if attempt.operation.name in ONCE_MAPPED and getattr(row, "opinion_map", None) is None:
        return False
    if attempt.operation.name in ONCE_COUNTED and getattr(row, "result", None) is None:
        return False
    if attempt.itself is not None:
        return readable(attempt.itself, reader)
    assert kind_of_row(row) in OWN
    return str(row.person_id) == reader.person


def readable(thing: Thing, reader: Member) -> bool:
    """Whether the charter, asked in full and not as a filter, lets somebody read a thing."""
    view = f"{VIEW}{thing.kind}"
    if view not in charter_in_force().verb_names:
        return True  # a kind that is named to everybody
    return bool(decide(charter_in_force(), reader, view, thing))


def observed(answer: HttpResponse) -> object:
    """What the site did."""
    address = answer.headers.get("Location", "")
    if answer.status_code == 302:
        if address.startswith(reverse("sign-in-again")):
            return AGAIN
        return SIGN_IN if address.startswith(reverse("sign-in")) else DONE
    return DONE if answer.status_code == 200 else answer.status_code
