"""What a line of `operations` says: a page, a form or a deed, and what it is about."""

from dataclasses import dataclass

GET, POST = "GET", "POST"
ANY_KIND = "*"


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """A route: `of` is the kind of the row in its address, `parameter` what names it there.

    `makes`: the deed is about a thing of that kind which isn't there yet. `lists`: the page is
    there only for whoever may view such things. `signed_in`: a visitor is led to signing in.
    `form`: where the form stands, if not on the page of the thing.
    """

    name: str
    methods: tuple[str, ...]
    verb: str | None = None
    of: str | None = None
    parameter: str | None = None
    makes: str | None = None
    lists: str | None = None
    signed_in: bool = False
    form: str = ""

    @property
    def on(self) -> str:
        """The kind of thing that the charter is asked about."""
        return self.makes or self.of or "installation"


def page(
    name: str, *, of: str | None = None, lists: str | None = None, signed_in: bool = False
) -> Operation:
    """A page to read: of a thing, of those of a kind, or of none."""
    return Operation(
        name=name,
        methods=(GET,),
        of=of,
        parameter=_parameter(of),
        lists=lists,
        signed_in=signed_in,
    )


def own(name: str) -> Operation:
    """A page about whoever is signed in."""
    return page(name, signed_in=True)


def form(
    name: str, *, of: str | None = None, only_post: bool = False, signed_in: bool = False
) -> Operation:
    """A form that is no deed: it changes nothing that a clause is needed for."""
    methods = (POST,) if only_post else (GET, POST)
    return Operation(
        name=name, methods=methods, of=of, parameter=_parameter(of), signed_in=signed_in
    )


def deed(
    name: str,
    *,
    verb: str | None = None,
    of: str | None = None,
    makes: str | None = None,
    signed_in: bool = False,
    form: str = "",
) -> Operation:
    """A deed: the route is called like its verb."""
    return Operation(
        name=name,
        methods=(POST,),
        verb=verb or name,
        of=of,
        parameter=_parameter(of),
        makes=makes,
        signed_in=signed_in,
        form=form,
    )


def _parameter(kind: str | None) -> str | None:
    """The parameter that names the row: the last word of its kind; of any kind, `thing`."""
    return "thing" if kind == ANY_KIND else kind and kind.rpartition("_")[2]
