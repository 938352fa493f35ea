"""The room's addresses."""

from django.urls import path

from coalface.customers import views

app_name = "customers"

urlpatterns = [
    path("", views.index, name="index"),
    path("add/", views.add, name="add"),
    path("<uuid:pk>/", views.customer, name="customer"),
    path("<uuid:pk>/consents/", views.record_consent, name="record_consent"),
    path("<uuid:pk>/restrictions/", views.restrict, name="restrict"),
    path("consents/<int:pk>/withdraw/", views.withdraw_consent, name="withdraw_consent"),
    path("restrictions/<int:pk>/lift/", views.lift, name="lift"),
]
