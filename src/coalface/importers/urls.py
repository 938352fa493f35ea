"""The door's addresses."""

from django.urls import path

from coalface.importers import views

app_name = "importers"

urlpatterns = [
    path("", views.index, name="index"),
    path("sample/<slug:kind>.csv", views.sample, name="sample"),
    path("<int:pk>/", views.run, name="run"),
    path("<int:pk>/columns/", views.columns, name="columns"),
    path("<int:pk>/mend/", views.mend, name="mend"),
    path("<int:pk>/refused/", views.refused, name="refused"),
    path("<int:pk>/refused.csv", views.refused_file, name="refused_file"),
    path("<int:pk>/changes/", views.changes, name="changes"),
    path("<int:pk>/approve/", views.approve, name="approve"),
    path("<int:pk>/cancel/", views.cancel, name="cancel"),
    path("<int:pk>/undo/", views.undo, name="undo"),
]
