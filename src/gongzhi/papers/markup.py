"""HTML made of elements, never of pasted text: what a form says can't become markup."""

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from lxml import etree

from gongzhi.papers.plain import plain

Element: TypeAlias = etree._Element
Child: TypeAlias = "Element | str"


def tag(name: str, attributes: Mapping[str, str], *children: Child) -> Element:
    """An element with its attributes and its children in order."""
    element = etree.Element(name, {key: plain(value) for key, value in attributes.items()})
    return extended(element, children)


def extended(element: Element, children: Iterable[Child]) -> Element:
    """The element with more children at its end."""
    for child in children:
        if not isinstance(child, str):
            element.append(child)
        elif len(element):
            element[-1].tail = (element[-1].tail or "") + plain(child)
        else:
            element.text = (element.text or "") + plain(child)
    return element


def page(root: Element) -> bytes:
    """The bytes of an HTML page."""
    return etree.tostring(root, method="html", encoding="utf-8", doctype="<!DOCTYPE html>")
