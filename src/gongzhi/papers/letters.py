"""《修改意见》: one letter for each unit, with its findings and room for its reply."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from gongzhi.core.audit import CheckedForm
from gongzhi.papers.checking import CheckedFile
from gongzhi.papers.findings_docx import findings_docx
from gongzhi.papers.plain import one_line
from gongzhi.words import translate

NAME_BYTES_MAX = 180  # file systems take 255; the ending and a number must fit too
FORBIDDEN = re.compile(r'[<>:"/\\|?*]')
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)  # names that Windows keeps


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter to a unit, under a file name that every system can hold."""

    file_name: str
    unit: str
    content: bytes


def letters(files: Iterable[CheckedFile], *, language: str) -> list[Letter]:
    """A letter for each unit that has findings; forms that name no unit go by their file."""
    forms: dict[str, list[CheckedForm]] = defaultdict(list)
    for file in files:
        for checked in file.forms:
            if checked.findings:
                forms[addressee(checked, file.name)].append(checked)
    title = translate("修改意见", language)
    names = file_names([f"{title}-{unit}" for unit in forms])
    return [
        Letter(
            file_name=f"{name}.docx",
            unit=unit,
            content=findings_docx(forms[unit], unit=unit, language=language),
        )
        for name, unit in zip(names, forms, strict=True)
    ]


def addressee(checked: CheckedForm, file_name: str) -> str:
    """To whom the letter goes: the unit, else the department, else the file's name."""
    return one_line(checked.form.unit or checked.form.department or PurePath(file_name).name)


def file_names(wanted: Sequence[str]) -> list[str]:
    """Safe names for files, no two the same where upper and lower case are one."""
    taken: set[str] = set()
    names = []
    for text in wanted:
        stem = safe_name(text)
        name, number = stem, 2
        while name.casefold() in taken:
            name, number = f"{stem}({number})", number + 1
        taken.add(name.casefold())
        names.append(name)
    return names


def safe_name(text: str) -> str:
    """The text as a file name: no path, no reserved name, no ending in a dot, not too long."""
    name = FORBIDDEN.sub("_", one_line(text)).strip(" .")
    name = name.encode()[:NAME_BYTES_MAX].decode(errors="ignore").strip(" .")
    return f"_{name}" if not name or RESERVED.fullmatch(name.split(".")[0]) else name
