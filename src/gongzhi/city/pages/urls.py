"""Every address of a demo: those of the site, and the demo's own."""

from django.urls import path

from gongzhi.city.pages import date, offices, stories, tours
from gongzhi.web import urls as site

handler400, handler403 = site.handler400, site.handler403
handler404, handler500 = site.handler404, site.handler500

urlpatterns = [
    *site.urlpatterns,
    path("demo/date/", date.demo_date, name="demo-date"),
    path("demo/way/", date.demo_way, name="demo-way"),
    path("demo/offices/", offices.demo_offices, name="demo-offices"),
    path("demo/seat/", offices.take_seat, name="demo-seat"),
    path("demo/stories/", stories.demo_stories, name="demo-stories"),
    path("demo/stories/<slug:story>/", stories.demo_story, name="demo-story"),
    path("demo/tours/step/", tours.tour_step, name="demo-tour-step"),
    path("demo/tours/<slug:seat>/", tours.begin_tour, name="demo-tour"),
]
