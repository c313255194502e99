"""A file of policies as the policies in it: found, replaced, added and taken out by their @id."""

import re
from collections.abc import Iterator, Mapping

# Strings and comments may hold a semicolon; only one outside of them ends a policy.
PARTS = re.compile(r'"(?:\\.|[^"\\])*"|//[^\n]*|;|[^";/]+|/', re.DOTALL)
IDENTIFIER = re.compile(r'@id\("((?:\\.|[^"\\])*)"\)')


def policies_in(text: str) -> Mapping[str, str]:
    """The source of every policy by its @id, in the file's order, without the comments above it."""
    found = {}
    for start, end in _spans(text):
        source = text[start:end]
        if named := IDENTIFIER.search(source):
            found[named[1]] = source
    return found


def with_policy(text: str, identifier: str, source: str | None) -> str:
    """The file with that policy as given: in its place, at the end if it is new, gone if None."""
    for start, end in _spans(text):
        named = IDENTIFIER.search(text[start:end])
        if named and named[1] == identifier:
            before, after = text[:start], text[end:]
            return f"{before}{source.strip()}{after}" if source else before + after.lstrip("\n")
    return f"{text.rstrip()}\n\n{source.strip()}\n" if source else text


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Where each policy stands: from its first word to the semicolon that ends it."""
    start: int | None = None
    for part in PARTS.finditer(text):
        if part[0].startswith("//") or not part[0].strip():
            continue
        if start is None:
            start = part.start() + len(part[0]) - len(part[0].lstrip())
        if part[0] == ";":
            yield start, part.end()
            start = None
