"""Compile words/en/*.po, one file for each room, into the catalogue that pages read.

`./run words` runs this; a house test fails when the compiled catalogue is stale.
"""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOM = Path(__file__).parent
EPOCH = datetime(2026, 1, 1, tzinfo=UTC)  # a fixed date, so that equal words give equal bytes


def compiled(language: str) -> bytes:
    """The bytes of the catalogue; a text that two rooms translate differently is an error."""
    whole = Catalog(locale=language, creation_date=EPOCH, revision_date=EPOCH)
    for path in sorted((ROOM / language).glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale=language):
                known = whole.get(message.id) if message.id else None
                if known and known.string != message.string:
                    raise ValueError(f"{path.name}: {message.id!r} has two translations")
                if message.id:
                    whole.add(message.id, message.string)
    out = BytesIO()
    write_mo(out, whole)
    return out.getvalue()


def main() -> None:
    """Write the compiled catalogue."""
    target = ROOM / "locale" / "en" / "LC_MESSAGES" / "django.mo"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(compiled("en"))


if __name__ == "__main__":
    main()
