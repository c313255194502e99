"""What the checks say about a version, computed anew under the pack of its day."""

from gongzhi.core.audit import CheckedForm, check_form
from gongzhi.cycle.models import DerivedFinding, FormVersion
from gongzhi.papers.record import form_from_record
from gongzhi.rules.packs import load_packs


def checked(version: FormVersion) -> CheckedForm:
    """The form of a version with its scores and findings."""
    return check_form(form_from_record(version.record), pack=load_packs()[version.pack])


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
