"""The addresses of a project's budget."""

from django.urls import path

from gongzhi.web.pages.budget import project

PROJECT = "projects/<uuid:project>/"

urlpatterns = [
    path(f"{PROJECT}budget/", project.project_budget, name="project-budget"),
    path(f"{PROJECT}record_budget_act/", project.record_budget_act, name="record_budget_act"),
    path(f"{PROJECT}record_grant/", project.record_grant, name="record_grant"),
]
