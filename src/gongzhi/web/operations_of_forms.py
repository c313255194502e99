"""What can be asked about forms of projects and of whole units, as `operations` lists it."""

from gongzhi.web.operation import Operation, deed, form, page

FORMS: tuple[Operation, ...] = (
    # ── projects and their forms ──
    page("projects"),
    page("project", of="project"),
    deed("draft_form", of="project"),
    form("self-evaluation", of="project"),
    deed("draft_self_evaluation", verb="draft_form", of="project", form="self-evaluation"),
    page("self-evaluation-paper", of="project"),
    page("self-evaluations"),
    page("unit-self-evaluations", of="organisation"),
    page("self-evaluation-batch", of="organisation"),
    deed("draft_forms", of="organisation", form="self-evaluation-batch"),
    deed("publish_forms", of="organisation", form="self-evaluation-batch"),
    form("whole-forms", of="organisation"),
    page("whole-form-paper", of="organisation"),
    page("whole-form", of="whole_form"),
    deed("draft_whole_form", of="organisation", form="whole-forms"),
    deed("publish_whole_form", of="whole_form"),
    deed("redact_draft", verb="draft_form", of="form_version"),
    deed("publish_form", of="form_version"),
    deed("correct_form", of="form_version"),
    deed("withdraw_draft", of="form_version"),
    deed("explain_finding", of="form_version", form="#findings"),
    deed("accept_finding", of="form_version", form="#findings"),
)
