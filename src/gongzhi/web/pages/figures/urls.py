"""The addresses of answers."""

from django.urls import path

from gongzhi.web.pages.figures import goals, project, readings, together

urlpatterns = [
    path("goals/<uuid:version>/figures/<slug:figure>/", goals.goal_figure, name="goal-figure"),
    path("readings/<uuid:reading>/", readings.reading, name="reading"),
    path("monitoring/figures/<slug:figure>/", together.together_figure, name="monitoring-figure"),
    path(
        "projects/<uuid:project>/figures/<slug:figure>/",
        project.project_figure,
        name="project-figure",
    ),
]
