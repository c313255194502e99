"""The addresses of monitoring."""

from django.urls import path

from gongzhi.web.pages.monitoring import overview, project, rules

urlpatterns = [
    path("monitoring/", overview.monitoring, name="monitoring"),
    path("monitoring/rules/", rules.monitoring_rules, name="monitoring-rules"),
    path(
        "projects/<uuid:project>/monitoring/", project.project_monitoring, name="project-monitoring"
    ),
    path("projects/<uuid:project>/payments/", project.project_payments, name="project-payments"),
]
