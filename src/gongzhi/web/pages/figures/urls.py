"""The addresses of answers."""

from django.urls import path

from gongzhi.web.pages.figures import project

urlpatterns = [
    path(
        "projects/<uuid:project>/figures/<slug:figure>/",
        project.project_figure,
        name="project-figure",
    ),
]
