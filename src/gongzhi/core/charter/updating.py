"""From one text of the charter to another: the changes that lead there, as an amendment of them."""

from collections.abc import Mapping
from typing import TypeVar

from gongzhi.core.charter.amending import Changes, PolicyChange
from gongzhi.core.charter.policy_texts import policies_in
from gongzhi.core.charter.texts import CharterTexts

Entry = TypeVar("Entry")


def changes_between(before: CharterTexts, after: CharterTexts) -> Changes:
    """What to change in one text so that it says what the other says."""
    return Changes(
        clauses=_changed(_by(before.clauses, "number"), _by(after.clauses, "number")),
        institutions=_changed(_by(before.institutions, "code"), _by(after.institutions, "code")),
        policies={
            identifier: change or PolicyChange(file=_policies(before)[identifier].file, source=None)
            for identifier, change in _changed(_policies(before), _policies(after)).items()
        },
    )


def _by(entries: tuple[Mapping[str, object], ...], name: str) -> dict[str, Mapping[str, object]]:
    return {str(entry[name]): entry for entry in entries}


def _policies(texts: CharterTexts) -> dict[str, PolicyChange]:
    return {
        identifier: PolicyChange(file=file, source=source.strip())
        for file, text in texts.policies.items()
        for identifier, source in policies_in(text).items()
    }


def _changed(before: Mapping[str, Entry], after: Mapping[str, Entry]) -> dict[str, Entry | None]:
    """What is new or other afterwards; None for what is gone."""
    return {
        name: after.get(name)
        for name in (*before, *(name for name in after if name not in before))
        if before.get(name) != after.get(name)
    }
