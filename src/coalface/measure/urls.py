"""The room's addresses."""

from django.urls import path

from coalface.measure import views

app_name = "measure"

urlpatterns = [
    path("", views.index, name="index"),
    path("contact/", views.contact, name="contact"),
    path("awareness/", views.awareness, name="awareness"),
    path("chain/", views.chain, name="chain"),
    path("costs/", views.costs, name="costs"),
]
