"""`gongzhi import FILE --unit CODE`: keep the facts of files in the database."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.module_loading import import_string

from gongzhi.cli import importing
from gongzhi.cli.import_report import as_json, report
from gongzhi.cli.ledger import the_database
from gongzhi.cli.telling import CannotRun, complain, print_object, show_anyway, spoken
from gongzhi.connectors.importing import Changed
from gongzhi.connectors.mapping import Mapping
from gongzhi.connectors.opening import open_source
from gongzhi.connectors.trying import ANY_ORDER, Tried, Wanted, mappings_for, not_understood
from gongzhi.core.charter import SYSTEM
from gongzhi.core.facts import Doubt
from gongzhi.core.terms import Problem, Said
from gongzhi.intake.listing import Listing
from gongzhi.papers.paths import printable, unreadable

arguments = importing.arguments
ACTIONS = "gongzhi.cycle.actions.deliveries"
UNITS = "gongzhi.cycle.unit_names"


def run(options: argparse.Namespace) -> int:
    """Keep the facts of every file; the exit status says what came of it."""
    language = spoken(options.lang)
    if not options.files:
        raise CannotRun(Said("没有给出文件；例如 gongzhi import 支付.csv --check"))
    if not options.unit:
        raise CannotRun(Said("请用 --unit 写明由哪个单位导入；只试读请加 --check"))
    wanted = importing.wanted(options)
    with the_database():
        brought = [_bring(path, wanted, options) for path in options.files]
    if options.json:
        print_object(as_json(brought, language))
    else:
        show_anyway()
        for one in brought:
            print(*report(one, language), "", sep="\n")
    return importing.FAULTY if any(map(importing.has_problems, brought)) else importing.FINE


def _bring(path: Path, wanted: Wanted, options: argparse.Namespace) -> Tried:
    name = printable(str(path))
    try:
        listing = open_source(name, path)
    except OSError as error:
        return Tried(name=name, problems=(unreadable(error),))
    if isinstance(listing, Problem):
        return Tried(name=name, problems=(listing,))
    mappings, guess = mappings_for(listing, wanted)
    if not mappings:
        return Tried(name=name, digest=listing.digest, problems=not_understood(listing, guess))
    if guess is not None and guess.any_order:
        return Tried(name=name, digest=listing.digest, problems=(ANY_ORDER,))
    changed = Changed.CORRECTION if options.corrections else Changed.CONFLICT
    file = import_string(f"{ACTIONS}.File")(
        listing=listing, mappings=mappings, mode=wanted.mode, changed=changed, stated=wanted.stated
    )
    organisation, added = _organisation(options.unit), 0
    with transaction.atomic():
        if options.register_units:
            added = _register_units(listing, mappings, beside=organisation)
        result, problems = _kept(file, organisation)
        transaction.set_rollback(bool(problems))  # units of a file that isn't kept aren't either
    if added and not problems:
        complain(Said("登记了 {count} 个单位", {"count": added}))
    return Tried(
        name=name,
        digest=listing.digest,
        mappings=mappings,
        guess=guess,
        result=result,
        problems=tuple(problems),
    )


def _register_units(listing: Listing, mappings: Sequence[Mapping], *, beside: Any) -> int:
    """Register the units that the file's projects are said to be of; how many they are."""
    named = import_string(f"{UNITS}.units_named")(listing, mappings)
    return len(import_string(f"{UNITS}.register_those_missing")(named, by=SYSTEM, beside=beside))


def _organisation(code: str) -> Any:
    organisation = import_string("gongzhi.parties.models.Organisation")
    found = organisation.objects.filter(code=code).first()
    if found is None:
        raise CannotRun(Said("没有代码是 {code} 的单位", {"code": code}))
    return found


def _kept(file: Any, organisation: Any) -> tuple[Any, Sequence[Problem]]:
    """What came of a file, and why nothing of it was kept, where that is so."""
    not_accepted = import_string(f"{ACTIONS}.NotAccepted")
    try:
        delivery = import_string(f"{ACTIONS}.straight_from")(
            file, by=SYSTEM, organisation=organisation
        )
        _, result = import_string(f"{ACTIONS}.collect_facts")(
            by=SYSTEM, delivery=delivery, file=file
        )
    except not_accepted as refused:
        is_fine = isinstance(refused.problem, Doubt)  # it was all brought in before
        return refused.result, () if is_fine else (refused.problem,)
    return result, ()
