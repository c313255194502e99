"""The addresses of monitoring."""

from django.urls import path

from gongzhi.web.pages.monitoring import (
    alerts,
    forecasts,
    lists,
    overview,
    papers,
    project,
    rules,
    suspensions,
)

urlpatterns = [
    path("monitoring/", overview.monitoring, name="monitoring"),
    path("monitoring/forecasts/", forecasts.forecasts, name="forecasts"),
    path("monitoring/rules/", rules.monitoring_rules, name="monitoring-rules"),
    path(
        "projects/<uuid:project>/monitoring/", project.project_monitoring, name="project-monitoring"
    ),
    path(
        "projects/<uuid:project>/monitoring/sheet/<str:ending>/",
        papers.monitoring_sheet,
        name="monitoring-sheet",
    ),
    path(
        "monitoring/of/<uuid:organisation>/sheets/<str:ending>/",
        papers.unit_sheets,
        name="unit-sheets",
    ),
    path("projects/<uuid:project>/payments/", project.project_payments, name="project-payments"),
    path("alerts/", lists.alerts, name="alerts"),
    path("alerts/suspensions/", suspensions.suspensions, name="suspensions"),
    path("alerts/suspensions/table/", suspensions.suspensions_table, name="suspensions-table"),
    path("alerts/<uuid:alert>/", alerts.alert, name="alert"),
    path("alerts/<uuid:alert>/answer_alert/", alerts.answer_alert, name="answer_alert"),
    path(
        "alerts/<uuid:alert>/decide_suspension/", alerts.decide_suspension, name="decide_suspension"
    ),
    path("alerts/<uuid:alert>/withdraw_alert/", alerts.withdraw_alert, name="withdraw_alert"),
    path("alerts/<uuid:alert>/accept_answer/", alerts.accept_answer, name="accept_answer"),
    path("alerts/<uuid:alert>/return_answer/", alerts.return_answer, name="return_answer"),
    path("alerts/<uuid:alert>/file_plan/", alerts.file_plan, name="file_plan"),
    path("alerts/<uuid:alert>/return_plan/", alerts.return_plan, name="return_plan"),
    path("alerts/<uuid:alert>/report_done/", alerts.report_done, name="report_done"),
    path("alerts/<uuid:alert>/pass_check/", alerts.pass_check, name="pass_check"),
    path("alerts/<uuid:alert>/fail_check/", alerts.fail_check, name="fail_check"),
    path("alerts/<uuid:alert>/order_visit/", alerts.order_visit, name="order_visit"),
    path("alerts/<uuid:alert>/record_visit/", alerts.record_visit, name="record_visit"),
]
