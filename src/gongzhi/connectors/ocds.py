"""Open Contracting Data Standard 1.1 (and 1.0) → rows of contracts, transactions and budgets.

Releases of one process are laid over each other in the order of their dates, as the standard's
compiled release is (its reference, “Merging”): what a later release says goes, what it leaves out
stays. In 1.0 a transaction has amount, providerOrganization and receiverOrganization; in 1.1 value,
payer and payee.
"""

from collections.abc import Iterator
from typing import Any, TypeAlias

Record: TypeAlias = dict[str, Any]


def is_ocds(given: object) -> bool:
    """Whether a JSON value is a release, a package of releases or of records, or a list of them."""
    first = given[0] if isinstance(given, list) and given else given
    if not isinstance(first, dict):
        return False
    return "ocid" in first or any(_records(first.get(name)) for name in ("releases", "records"))


def has_only_links(given: object) -> bool:
    """Whether there are records that name their releases by address only."""
    packages = given if isinstance(given, list) else [given]
    records = [one for each in packages for one in _records(_dict(each).get("records"))]
    return bool(records) and not any(map(_of_record, records))


def sheets_of_releases(given: object) -> dict[str, list[Record]]:
    """Contracts, transactions and budgets, a record each."""
    packages = given if isinstance(given, list) else [given]
    compiled = _compiled(release for package in packages for release in _releases(package))
    sheets: dict[str, list[Record]] = {"contracts": [], "transactions": [], "budgets": []}
    for release in compiled:
        for contract in _records(release.get("contracts")):
            sheets["contracts"].append(_contract(release, contract))
            sheets["transactions"] += _transactions(release, contract)
        if budget := _dict(_dict(release.get("planning")).get("budget")):
            sheets["budgets"].append(_budget(release, budget))
    return {name: rows for name, rows in sheets.items() if rows}


def _releases(package: object) -> Iterator[Record]:
    whole = _dict(package)
    if "compiledRelease" in whole:  # a record by itself, as in a line of a bulk download
        yield from _of_record(whole)
        return
    if "ocid" in whole and "records" not in whole and "releases" not in whole:
        yield whole
    yield from (one for one in _records(whole.get("releases")) if "ocid" in one)
    for record in _records(whole.get("records")):
        yield from _of_record(record)


def _of_record(record: Record) -> list[Record]:
    """The release that a record compiled itself, else those that it embeds; links are none."""
    final = _dict(record.get("compiledRelease"))
    embedded = (one for one in _records(record.get("releases")) if "ocid" in one)
    return [final] if final else list(embedded)


def _compiled(releases: Iterator[Record]) -> list[Record]:
    merged: dict[str, Record] = {}
    for release in sorted(releases, key=lambda one: str(one.get("date") or "")):
        process = str(release.get("ocid"))
        merged[process] = _over(merged.get(process, {}), release)
    return list(merged.values())


def _over(earlier: Any, later: Any) -> Any:
    """The later value laid over the earlier one; records of a list are matched by their ids."""
    if isinstance(earlier, dict) and isinstance(later, dict):
        return earlier | {name: _over(earlier.get(name), value) for name, value in later.items()}
    if _has_ids(earlier) and _has_ids(later):
        known = {str(one["id"]): one for one in earlier}
        for one in later:
            known[str(one["id"])] = _over(known.get(str(one["id"])), one)
        return list(known.values())
    return earlier if later is None else later


def _has_ids(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, dict) and "id" in one for one in value)


def _contract(release: Record, contract: Record) -> Record:
    award = _award(release, contract)
    supplier = next(
        iter(_records(contract.get("suppliers")) or _records(award.get("suppliers"))), {}
    )
    value = _dict(contract.get("value"))
    period = _dict(contract.get("period"))
    return {
        "ocid": release.get("ocid"),
        "contract": contract.get("id"),
        "title": contract.get("title") or contract.get("title_en") or award.get("title"),
        "status": contract.get("status"),
        "amount": value.get("amount"),
        "currency": _upper(value.get("currency")),
        "signed": contract.get("dateSigned"),
        "starts": period.get("startDate"),
        "ends": period.get("endDate"),
        "supplier": supplier.get("name"),
        "supplier_id": supplier.get("id"),
        "buyer": _buyer(release),
        "method": _dict(release.get("tender")).get("procurementMethod"),
        "project": _project(release),
    }


def _transactions(release: Record, contract: Record) -> Iterator[Record]:
    implementation = _dict(contract.get("implementation"))
    for transaction in _records(implementation.get("transactions")):
        value = _dict(transaction.get("value")) or _dict(transaction.get("amount"))
        payee = _dict(transaction.get("payee"))
        receiver = _dict(transaction.get("receiverOrganization"))
        payer = _dict(transaction.get("payer"))
        provider = _dict(transaction.get("providerOrganization"))
        yield {
            "ocid": release.get("ocid"),
            "contract": contract.get("id"),
            "transaction": transaction.get("id"),
            "date": transaction.get("date"),
            "amount": value.get("amount"),
            "currency": _upper(value.get("currency")),
            "payee": payee.get("name") or receiver.get("legalName"),
            "payee_id": payee.get("id") or receiver.get("id"),
            "payer": payer.get("name") or provider.get("legalName") or _buyer(release),
            "project": _project(release),
            "purpose": contract.get("title"),
        }


def _budget(release: Record, budget: Record) -> Record:
    amount = _dict(budget.get("amount")) or _dict(budget.get("value"))
    return {
        "ocid": release.get("ocid"),
        "budget": budget.get("id") or release.get("ocid"),
        "name": budget.get("description") or budget.get("project"),
        "project": _project(release),
        "buyer": _buyer(release),
        "amount": amount.get("amount"),
        "currency": _upper(amount.get("currency")),
        "year": str(release.get("date") or "")[:4],
    }


def _award(release: Record, contract: Record) -> Record:
    """The award that the contract came out of; where only one was made, that one."""
    awards = _records(release.get("awards"))
    found = [one for one in awards if one.get("id") == contract.get("awardID")]
    return next(iter(found), awards[0] if len(awards) == 1 else {})


def _buyer(release: Record) -> object:
    buyer = _dict(release.get("buyer"))
    return buyer.get("name") or buyer.get("id")


def _project(release: Record) -> object:
    budget = _dict(_dict(release.get("planning")).get("budget"))
    return budget.get("projectID") or budget.get("id") or ""


def _upper(value: object) -> object:
    return value.upper() if isinstance(value, str) else value


def _dict(value: object) -> Record:
    return value if isinstance(value, dict) else {}


def _records(value: object) -> list[Record]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
