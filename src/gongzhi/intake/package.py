"""An Office Open XML file (docx, xlsx): its parts by name, its XML read without surprises."""

import posixpath
from collections.abc import Iterator
from io import BytesIO
from typing import IO
from zipfile import ZipFile

from lxml import etree

from gongzhi.core.terms import Where
from gongzhi.intake.limits import LIMITS


class TooMuch(Exception):
    """A document holds more than intake takes in."""

    def __init__(self, of: str, *, where: Where | None = None) -> None:
        super().__init__(of)
        self.of = of
        self.where = where or Where()


class HasDoctype(Exception):
    """An XML part brings its own entities, which no office program writes."""


class Package:
    """The parts of a docx or xlsx file."""

    def __init__(self, content: bytes) -> None:
        self._zip = ZipFile(BytesIO(content))
        self._names = {name.lower(): name for name in self._zip.namelist()}

    def has(self, name: str) -> bool:
        """Whether there is such a part; names of parts know no case."""
        return name.lower() in self._names

    def names(self) -> Iterator[str]:
        """The names of all parts."""
        return iter(self._names.values())

    def part(self, name: str) -> bytes:
        """The bytes of a part, never more than a part may have."""
        limit = LIMITS.part_bytes_max
        with self.opened(name) as file:
            content = file.read(limit + 1)
        if len(content) > limit:
            raise TooMuch(name)
        return content

    def opened(self, name: str) -> IO[bytes]:
        """A part to be read piece by piece."""
        return self._zip.open(self._names[name.lower()])

    def xml(self, name: str) -> etree._Element:
        """The root element of an XML part."""
        return parsed(self.part(name))

    def events(self, name: str, *tags: str) -> Iterator[tuple[str, etree._Element]]:
        """Start and end of the elements of these names, while the part is being unpacked.

        What has ended is forgotten when the next one has, so that memory stays flat.
        """
        with self.opened(name) as file:
            events = etree.iterparse(
                file, ("start", "end"), tag=[f"{{*}}{tag}" for tag in tags],
                resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
                remove_comments=True, remove_pis=True,
            )  # fmt: skip
            for number, (event, element) in enumerate(events):
                if number == 0:
                    refuse_doctype(element)
                yield event, element
                if event == "end":
                    element.clear()
                    _forget_before(element)
            refuse_doctype(events.root)  # a part may hold none of these elements

    def targets(self, name: str) -> dict[str, tuple[str, str]]:
        """The relations of a part: id → (last word of the type, name of the other part)."""
        folder, _, file = name.rpartition("/")
        relations = f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels"
        if not self.has(relations):
            return {}
        found = {}
        for relation in self.xml(relations):
            if relation.get("TargetMode") == "External":
                continue  # links lead out of the file; nothing is ever fetched
            target = relation.get("Target") or ""
            path = target if target.startswith("/") else posixpath.join(folder, target)
            kind = (relation.get("Type") or "").rpartition("/")[2]
            found[relation.get("Id") or ""] = kind, posixpath.normpath(path).lstrip("/")
        return found

    def main_part(self, otherwise: str) -> str:
        """The name of the part that holds the document itself."""
        for kind, target in self.targets("").values():
            if kind == "officeDocument" and self.has(target):
                return target
        return otherwise


def parsed(content: bytes) -> etree._Element:
    """The root of some XML: no entities, no DTD, nothing fetched, no huge nodes."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    root = etree.fromstring(content, parser)
    refuse_doctype(root)
    return root


def refuse_doctype(element: etree._Element) -> None:
    """Stop where the element's document declares a type, and perhaps entities, of its own."""
    if element.getroottree().docinfo.internalDTD is not None:
        raise HasDoctype


def _forget_before(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        while parent[0] is not element:
            del parent[0]


def local(element: etree._Element) -> str:
    """The name of an element without its namespace: strict and transitional files differ in it."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: etree._Element, name: str) -> str | None:
    """The value of an attribute, in whichever namespace it stands."""
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return None


def child(element: etree._Element, name: str) -> etree._Element | None:
    """The first child of that name."""
    return next((one for one in element if local(one) == name), None)


def children(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """The children of that name."""
    return (one for one in element if local(one) == name)
