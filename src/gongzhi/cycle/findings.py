"""What the checks say about a version, computed anew under the pack of its day."""

import json
from functools import lru_cache

from gongzhi.core.audit import CheckedForm, check_form
from gongzhi.cycle.models import DerivedFinding, FormVersion
from gongzhi.papers.record import form_from_record
from gongzhi.rules.packs import load_packs

KEPT = 1000  # checked forms in a process, about 20 kB each with their records


def checked(version: FormVersion) -> CheckedForm:
    """The form of a version with its scores and findings."""
    return _checked(json.dumps(version.record, ensure_ascii=False), version.pack)


@lru_cache(maxsize=KEPT)
def _checked(record: str, pack: str) -> CheckedForm:
    """Known by what it is computed from, so that nothing kept can be out of date."""
    return check_form(form_from_record(json.loads(record)), pack=load_packs()[pack])


def derived(version: FormVersion) -> list[DerivedFinding]:
    """The rows that let versions be filtered by finding; not yet stored."""
    return [
        DerivedFinding(
            version=version,
            position=position,
            code=finding.code,
            certain=finding.certain,
            indicator=finding.where.indicator,
        )
        for position, finding in enumerate(checked(version).findings)
    ]
