"""The addresses of answers."""

from django.urls import path

from gongzhi.web.pages.figures import project, together

urlpatterns = [
    path("monitoring/figures/<slug:figure>/", together.together_figure, name="monitoring-figure"),
    path(
        "projects/<uuid:project>/figures/<slug:figure>/",
        project.project_figure,
        name="project-figure",
    ),
]
