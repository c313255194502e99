"""The vocabulary as Cedar sees it: a schema made from kinds of thing, verbs and parties."""

from collections.abc import Iterator, Mapping

from gongzhi.core.charter.texts import Table, Vocabulary

READING, DOING = "reading", "doing"
VIEW = "view_"

ATTRIBUTES: Mapping[str, str] = {
    "owner": "Organisation",
    "overseer": "Organisation",
    "stage": "String",
    "authors": "Set<Person>",
    "holder": "Person",
    "conflicted": "Set<Person>",
    "label": "String",
    "evaluated": "Organisation",
    "commissioner": "Organisation",
    "panel": "Set<Organisation>",
    "addressed": "Organisation",
    "awaited": "Set<Organisation>",
    "affected": "Set<Person>",
}
PEOPLE = """\
entity Party in [Party];
entity Member in [Party, Organisation, Person, Region] {
    region: Region, roles: Set<String>, in_office: Bool, second_factor: Bool, fresh: Bool,
    assurance: String
};
"""


def cedar_type(kind: str) -> str:
    """The entity type of a kind of thing: form_version is FormVersion."""
    return "".join(word.capitalize() for word in kind.split("_"))


def groups_of(verb: str, entry: Table) -> tuple[str, ...]:
    """The groups that a verb is in: reading or doing, and what its entry names."""
    return (READING if verb.startswith(VIEW) else DOING, *entry.get("groups", ()))


def verbs_in_groups(vocabulary: Vocabulary) -> dict[str, frozenset[str]]:
    """Which verbs a name in a policy stands for: a verb for itself, a group for its verbs."""
    named: dict[str, set[str]] = {verb: {verb} for verb in vocabulary.verbs}
    for verb, entry in vocabulary.verbs.items():
        for group in groups_of(verb, entry):
            named.setdefault(group, set()).add(verb)
    return {name: frozenset(verbs) for name, verbs in named.items()}


def schema_of(vocabulary: Vocabulary) -> str:
    """The Cedar schema of what the program can do."""
    return "\n".join([PEOPLE, *_entities(vocabulary.kinds), *_actions(vocabulary.verbs)]) + "\n"


def _entities(kinds: Table) -> Iterator[str]:
    for kind, entry in kinds.items():
        within = " in [Region]" if entry.get("in_region") else ""
        typed = ", ".join(f"{name}: {ATTRIBUTES[name]}" for name in entry["attributes"])
        yield f"entity {cedar_type(kind)}{within} {{ {typed} }};"


def _actions(verbs: Table) -> Iterator[str]:
    groups = {group for verb, entry in verbs.items() for group in groups_of(verb, entry)}
    yield from (f'action "{group}";' for group in sorted(groups))
    for verb, entry in verbs.items():
        within = ", ".join(f'"{group}"' for group in groups_of(verb, entry))
        things = ", ".join(cedar_type(kind) for kind in entry["on"])
        yield (
            f'action "{verb}" in [{within}]'
            f" appliesTo {{ principal: [Member], resource: [{things}] }};"
        )
