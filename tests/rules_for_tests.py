"""The model text with every part in force by itself, so that a test needs no authority first."""

from datetime import date
from functools import cache
from typing import Any

from django.apps import apps

from gongzhi.parties.charter_texts import as_json, digest_of
from gongzhi.rules.charter import read_texts


def put_in_force() -> None:
    """Keep it as the first version, in force for as long as anybody can remember."""
    versions = apps.get_model("parties", "CharterVersion")._default_manager
    texts, digest = _texts()
    versions.create(number=1, texts=texts, digest=digest, in_force_from=date(2000, 1, 1))


@cache
def _texts() -> tuple[dict[str, Any], str]:
    texts = as_json(read_texts())
    texts["parts"] = [{**part, "always": True} for part in texts["parts"]]
    return texts, digest_of(texts)
