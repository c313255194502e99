"""Every address of the site."""

from django.urls import path

from gongzhi.web.pages import (
    about,
    activity,
    attachments,
    became,
    check,
    components,
    cosignatures,
    deeds,
    display,
    download,
    drafting,
    exports,
    forms,
    home,
    indicators,
    ledger,
    ledger_chain,
    ledger_mine,
    ledger_rows,
    ledger_witnesses,
    log_files,
    project,
    rules,
    search,
    sharing,
    verify,
    watching,
    why,
)
from gongzhi.web.pages.account import urls as account
from gongzhi.web.pages.audit import urls as audit
from gongzhi.web.pages.budget import urls as budget
from gongzhi.web.pages.charter import urls as charter
from gongzhi.web.pages.congress import urls as congress
from gongzhi.web.pages.data import urls as data
from gongzhi.web.pages.data_compared import urls as data_compared
from gongzhi.web.pages.deputies import department
from gongzhi.web.pages.deputies import page as deputies
from gongzhi.web.pages.desk import copies, hooks, late, notices, openings, tasks, views, waiting
from gongzhi.web.pages.disclosure import urls as disclosure
from gongzhi.web.pages.effects import urls as effects
from gongzhi.web.pages.evaluations import urls as evaluations
from gongzhi.web.pages.figures import urls as figures
from gongzhi.web.pages.goals import urls as goals
from gongzhi.web.pages.monitoring import urls as monitoring
from gongzhi.web.pages.participation import urls as participation
from gongzhi.web.pages.people import urls as people
from gongzhi.web.pages.projects import listing
from gongzhi.web.pages.readings import urls as readings
from gongzhi.web.pages.rectifications import urls as rectifications
from gongzhi.web.pages.reports import urls as reports
from gongzhi.web.pages.results import urls as results
from gongzhi.web.pages.self_evaluation import urls as self_evaluation
from gongzhi.web.pages.signing import urls as signing
from gongzhi.web.pages.whole_forms import urls as whole_forms

urlpatterns = [
    path("", home.home, name="home"),
    path("check/", check.check, name="check"),
    path("check/again/", check.again, name="check-again"),
    path("check/download/<str:kind>/", download.download, name="check-download"),
    path("check/share/", sharing.share, name="check-share"),
    path("shared/<str:key>/", sharing.shared, name="shared"),
    path("became/", became.became, name="became"),
    path("forms/", forms.forms, name="forms"),
    path("projects/", listing.projects, name="projects"),
    path("projects/<uuid:project>/", project.project, name="project"),
    path("projects/<uuid:project>/draft_form/", drafting.draft_form, name="draft_form"),
    path("versions/<uuid:version>/draft_form/", deeds.redact_draft, name="redact_draft"),
    path("versions/<uuid:version>/publish_form/", deeds.publish_form, name="publish_form"),
    path("versions/<uuid:version>/correct_form/", deeds.correct_form, name="correct_form"),
    path("versions/<uuid:version>/withdraw_draft/", deeds.withdraw_draft, name="withdraw_draft"),
    path("versions/<uuid:version>/explain_finding/", deeds.explain_finding, name="explain_finding"),
    path("versions/<uuid:version>/accept_finding/", deeds.accept_finding, name="accept_finding"),
    *goals.urlpatterns,
    *budget.urlpatterns,
    *monitoring.urlpatterns,
    *evaluations.urlpatterns,
    *congress.urlpatterns,
    *participation.urlpatterns,
    *disclosure.urlpatterns,
    *effects.urlpatterns,
    *results.urlpatterns,
    *rectifications.urlpatterns,
    *reports.urlpatterns,
    *self_evaluation.urlpatterns,
    *whole_forms.urlpatterns,
    *figures.urlpatterns,
    *data.urlpatterns,
    *data_compared.urlpatterns,
    *audit.urlpatterns,
    path("deputies/", deputies.deputies, name="deputies"),
    path(
        "deputies/<uuid:organisation>/",
        department.department_materials,
        name="department-materials",
    ),
    *charter.urlpatterns,
    *readings.urlpatterns,
    path("charter/why/<slug:verb>/", why.why_here, name="why-here"),
    path("charter/why/<slug:verb>/<slug:kind>/<uuid:thing>/", why.why, name="why"),
    path("rules/", rules.rules, name="rules"),
    path("rules/indicators/", indicators.indicator_library, name="indicator-library"),
    path("search/", search.search, name="search"),
    path("verify/", verify.verify, name="verify"),
    path("verify/offline/", verify.verify_offline, name="verify-offline"),
    path("verify/words/", verify.verify_words, name="verify-words"),
    path("ledger/checkpoint", log_files.log_checkpoint, name="log-checkpoint"),
    path("ledger/pending", log_files.log_pending, name="log-pending"),
    path("ledger/policy", log_files.log_policy, name="log-policy"),
    path("ledger/tile/<path:path>", log_files.log_tile, name="log-tile"),
    path("ledger/", ledger.ledger, name="ledger"),
    path("ledger/chain/", ledger_chain.chain, name="ledger-chain"),
    path("ledger/chain/anchor/", ledger_chain.anchor_statement, name="anchor-statement"),
    path("ledger/witnesses/", ledger_witnesses.witnesses, name="ledger-witnesses"),
    path("ledger/witnesses/admit_witness/", ledger_witnesses.admit_witness, name="admit_witness"),
    path(
        "ledger/witnesses/retire_witness/", ledger_witnesses.retire_witness, name="retire_witness"
    ),
    path("ledger/witnesses/move_witness/", ledger_witnesses.move_witness, name="move_witness"),
    path("ledger/witnesses/set_quorum/", ledger_witnesses.set_quorum, name="set_quorum"),
    path("ledger/mine/", ledger_mine.mine, name="ledger-mine"),
    path("ledger/<int:index>/", ledger.entry, name="ledger-entry"),
    path("ledger/checkpoint/", ledger.checkpoint_file, name="checkpoint"),
    path("ledger/policy/", ledger.policy_file, name="policy"),
    path("ledger/cosignatures/", cosignatures.cosignatures, name="cosignatures"),
    path("ledger/<int:index>/rows/", ledger_rows.rows, name="ledger-rows"),
    path("ledger/<int:index>/rows/<int:row>/", ledger_rows.row, name="ledger-row"),
    path(
        "ledger/<int:index>/rows/<int:row>/proof/",
        ledger_rows.row_proof_file,
        name="row-proof-file",
    ),
    path("ledger/<int:index>/proof/", ledger.proof_file, name="proof-file"),
    path("ledger/<int:index>/record/", ledger.record_file, name="record-file"),
    path("verify/copy/", copies.sealed_copy, name="sealed-copy"),
    path("desk/", waiting.desk, name="desk"),
    path("desk/late/", late.late, name="late"),
    path("desk/tasks/", tasks.tasks, name="tasks"),
    path("desk/tasks/assign_task/", tasks.assign_task, name="assign_task"),
    path("desk/tasks/<uuid:task>/", tasks.task, name="task"),
    path("desk/tasks/<uuid:task>/finish_task/", tasks.finish_task, name="finish_task"),
    path("desk/notices/", notices.notices, name="notices"),
    path("desk/notices/<uuid:notice>/read_notice/", notices.read_notice, name="read_notice"),
    path("desk/notices/order_digest/", notices.order_digest, name="order_digest"),
    path("desk/digests/<uuid:digest>/cancel_digest/", notices.cancel_digest, name="cancel_digest"),
    path("desk/views/", views.saved_views, name="saved-views"),
    path("desk/views/save_view/", views.save_view, name="save_view"),
    path("desk/views/<uuid:view>/rename_view/", views.rename_view, name="rename_view"),
    path("desk/views/<uuid:view>/delete_view/", views.delete_view, name="delete_view"),
    path("desk/hooks/", hooks.hooks, name="hooks"),
    path("desk/hooks/register_hook/", hooks.register_hook, name="register_hook"),
    path("desk/hooks/<uuid:hook>/retire_hook/", hooks.retire_hook, name="retire_hook"),
    path("desk/openings/", openings.openings, name="openings"),
    path("desk/openings/<uuid:opening>/proof/", openings.opening_proof, name="opening-proof"),
    path("follows/<uuid:follow>/unfollow_thing/", notices.unfollow_thing, name="unfollow_thing"),
    path(
        "things/<slug:kind>/<uuid:thing>/follow_thing/", notices.follow_thing, name="follow_thing"
    ),
    path(
        "things/<slug:kind>/<uuid:thing>/attachments/", attachments.attachments, name="attachments"
    ),
    path(
        "things/<slug:kind>/<uuid:thing>/attach_file/", attachments.attach_file, name="attach_file"
    ),
    path(
        "things/<slug:kind>/<uuid:thing>/order_export/", exports.order_export, name="order_export"
    ),
    path("exports/<uuid:export>/", exports.export, name="export"),
    path("exports/<uuid:export>/download/", exports.download, name="export-download"),
    path("attachments/<uuid:attachment>/", attachments.attachment, name="attachment"),
    path(
        "attachments/<uuid:attachment>/download/", attachments.download, name="attachment-download"
    ),
    path(
        "attachments/<uuid:attachment>/withdraw_attachment/",
        attachments.withdraw_attachment,
        name="withdraw_attachment",
    ),
    path("activity/", activity.activity, name="activity"),
    path("activity/atom/", activity.activity_atom, name="activity-atom"),
    path("activity/mine/", activity.activity_mine, name="activity-mine"),
    path(
        "activity/organisations/<uuid:organisation>/",
        activity.activity_of_party,
        name="activity-of-party",
    ),
    path(
        "activity/organisations/<uuid:organisation>/atom/",
        activity.activity_of_party_atom,
        name="activity-of-party-atom",
    ),
    path("activity/<slug:kind>/<uuid:thing>/", activity.activity_about, name="activity-about"),
    path(
        "activity/<slug:kind>/<uuid:thing>/atom/",
        activity.activity_about_atom,
        name="activity-about-atom",
    ),
    *signing.urlpatterns,
    *account.urlpatterns,
    *people.urlpatterns,
    path("alarms/", watching.alarms, name="alarms"),
    path("messages/unsent/", watching.unsent, name="unsent-messages"),
    path("inbox/", watching.inbox, name="inbox"),
    path("display/", display.display, name="display"),
    path("components/", components.components, name="components"),
    path("about/", about.about, name="about"),
    path("accessibility/", about.accessibility, name="accessibility"),
    path("privacy/", about.privacy, name="privacy"),
]
handler400 = "gongzhi.web.pages.refusals.unusable"
handler403 = "gongzhi.web.pages.refusals.not_allowed"
handler404 = "gongzhi.web.pages.refusals.missing"
handler500 = "gongzhi.web.pages.refusals.broken"
