"""The addresses of evenness and efficiency."""

from django.urls import path

from gongzhi.web.pages.data_compared import efficiency, equity

urlpatterns = [
    path("data/equity/", equity.equity, name="equity"),
    path("data/efficiency/", efficiency.efficiency, name="efficiency"),
]
