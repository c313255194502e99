"""A file of policies as the policies in it: found, replaced, added and taken out by their @id."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from cedarpy import policies_from_json_str, policies_to_json_str

from gongzhi.core.charter.tables import is_plain
from gongzhi.core.terms import Said

# Cedar's parser recurses: a policy of some thousand brackets would end the whole process.
SOURCE_MAX = 2_000
BRACKETS_MAX = 60
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


def parsed(text: str) -> Mapping[str, Any]:
    """Policies as Cedar's JSON; raises ValueError where they can't be read, or only read.

    What is nested too deep for JSON could be decided by, but not cut to what is in force.
    """
    as_json = policies_to_json_str(text)
    policies_from_json_str(as_json)
    try:
        return dict(json.loads(as_json))
    except RecursionError as error:
        raise ValueError("nested too deep") from error


def fault_of_source(source: str, *, identifier: str) -> Said | None:
    """What is wrong with the words of a policy from outside, before they join the others."""
    named = {"policy": identifier}
    if len(source) > SOURCE_MAX or sum(map(source.count, "([{")) > BRACKETS_MAX:
        return Said("规则 {policy} 太长，或者括号太多", named)
    if not is_plain(source):
        return Said("规则 {policy} 含有看不见的字符", named)
    try:
        found = parsed(source)
    except ValueError as error:
        return Said("规则 {policy} 读不懂：{error}", {**named, "error": str(error)[:200]})
    ids = [body["annotations"].get("id") for body in found["staticPolicies"].values()]
    is_whole = dict(policies_in(source)) == {identifier: source.strip()}
    if ids != [identifier] or found["templates"] or not is_whole:
        return Said("规则 {policy} 的改动应当恰好是这一条规则，前后不带别的", named)
    return None


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
