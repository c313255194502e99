"""The addresses of evaluation reports."""

from django.urls import path

from gongzhi.web.pages.reports import beginning, page, papers, versions

PROJECT, REPORT = "projects/<uuid:project>/", "reports/<uuid:report>/"

urlpatterns = [
    path(f"{PROJECT}evaluation/report/", beginning.project_report, name="project-report"),
    path(f"{PROJECT}evaluation/draft_report/", beginning.draft_report, name="draft_report"),
    path(
        "evaluations/<uuid:evaluation>/draft_report/",
        beginning.draft_evaluation_report,
        name="draft_evaluation_report",
    ),
    path(REPORT, page.report, name="report"),
    path(f"{REPORT}write_report/", page.write_report, name="write_report"),
    path(f"{REPORT}sign_report/", page.sign_report, name="sign_report"),
    path(f"{REPORT}versions/", versions.report_versions, name="report-versions"),
    path(f"{REPORT}paper/<str:document>/", papers.report_paper, name="report-paper"),
]
