"""A unit's deeds with what it states of its whole spending: draft, then publish by another."""

from collections.abc import Mapping
from types import MappingProxyType

from django.db.models import QuerySet

from gongzhi.core.charter import Member
from gongzhi.core.sealed import canonical, digest
from gongzhi.core.self_evaluating import WHOLE_FORMS, WholeStatement
from gongzhi.core.terms import FiscalYear, FormType, Said
from gongzhi.cycle.actions.forms import refuse_unexplained
from gongzhi.cycle.models import WholeForm
from gongzhi.cycle.self_evaluating import explanations
from gongzhi.cycle.whole_forms import whole_as_record, whole_differs, whole_facts
from gongzhi.parties.deeds import act
from gongzhi.parties.models import Organisation
from gongzhi.parties.unsuitable import Unsuitable

NO_REASONS: Mapping[str, str] = MappingProxyType({})
NO_SUCH_FORM = Said("没有这种表")
NOTHING_STATED = Said("年度总体目标和指标都没有填")
Stage = WholeForm.Stage


def draft_whole_form(
    *,
    by: Member,
    organisation: Organisation,
    form_type: str,
    fiscal_year: FiscalYear,
    whole: WholeStatement,
    reasons: Mapping[str, str] = NO_REASONS,
    unfinished: bool = False,
    key: str | None = None,
) -> WholeForm:
    """Keep what the unit states as its draft; an earlier draft of the same is withdrawn.

    `reasons` tell by field why it says otherwise than the facts; where one is missing, raises
    Unsuitable unless it is unfinished.
    """
    with act(by, "draft_whole_form", on=organisation, key=key) as record:
        assert by.person is not None, "whoever drafts stands in an office"
        _refuse_unfit(form_type, whole)
        kind, today = FormType(form_type), record.business_date
        known = whole_facts(organisation, year=fiscal_year, form_type=kind, on=today, reader=by)
        found = whole_differs(whole, known=known, form_type=kind)
        explained, faults = explanations(found, reasons, unfinished=unfinished)
        if faults:
            raise Unsuitable(faults)
        form = WholeForm(
            organisation=organisation,
            form_type=form_type,
            fiscal_year=fiscal_year,
            record=whole_as_record(whole),
            explained=[each.as_record() for each in explained],
            pack=known.pack,
            drafted_by_id=by.person,
            drafted_on=today,
        )
        _keep_in_place_of_another(form)
        record["form"] = str(form.pk)
        record.private("record", digest(canonical(form.record)))
    return form


def publish_whole_form(
    *, by: Member, form: WholeForm, review: str, key: str | None = None
) -> WholeForm:
    """Publish it for good; `review` says what the examination before it found."""
    with act(by, "publish_whole_form", on=form, key=key) as record:
        refuse_unexplained(form.explained)
        form.number = _same(form, Stage.PUBLISHED).count() + 1
        form.stage = Stage.PUBLISHED
        form.published_on = record.business_date
        form.save(update_fields=["number", "stage", "published_on"])
        record["organisation"] = str(form.organisation_id)
        record["form_type"] = str(form.form_type)
        record["fiscal_year"] = form.fiscal_year
        record["number"] = form.number
        record["pack"] = form.pack
        record["form"] = digest(canonical(form.record))
        if form.explained:
            record["explained"] = digest(canonical(form.explained))
        record.private("review", review)
    return form


def _refuse_unfit(form_type: str, whole: WholeStatement) -> None:
    if form_type not in WHOLE_FORMS:
        raise Unsuitable({"form_type": NO_SUCH_FORM})
    if not (whole.sheet.goal or whole.sheet.indicators):
        raise Unsuitable({"goal": NOTHING_STATED})


def _same(form: WholeForm, stage: str) -> QuerySet[WholeForm]:
    """The versions of the same form at a stage; whoever changes them waits for each other."""
    list(Organisation.objects.select_for_update().filter(pk=form.organisation_id))
    return WholeForm.objects.filter(
        organisation=form.organisation_id,
        fiscal_year=form.fiscal_year,
        form_type=form.form_type,
        stage=stage,
    )


def _keep_in_place_of_another(form: WholeForm) -> None:
    """Keep a draft; an earlier one is given up."""
    _same(form, Stage.DRAFT).update(stage=Stage.WITHDRAWN)
    form.save(force_insert=True)
