"""Files as one archive with their digests: the same files give the same bytes."""

import json
from collections.abc import Mapping
from hashlib import sha256
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from gongzhi.papers.official_paper import MADE_AT

MANIFEST, SUMS = "manifest.json", "SHA256SUMS"


def archive(files: Mapping[str, bytes], *, about: Mapping[str, str]) -> bytes:
    """The files in their order, what they are about, and how to check each of them."""
    sums = {name: sha256(content).hexdigest() for name, content in files.items()}
    manifest = {
        **about,
        "files": [
            {"name": name, "bytes": len(content), "sha256": sums[name]}
            for name, content in files.items()
        ],
    }
    told = json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"
    lines = "".join(f"{digest}  {name}\n" for name, digest in sums.items())
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as packed:
        for name, content in {**files, MANIFEST: told.encode(), SUMS: lines.encode()}.items():
            entry = ZipInfo(name, MADE_AT.timetuple()[:6])
            packed.writestr(entry, content, ZIP_DEFLATED)
    return out.getvalue()
