"""The room's addresses."""

from django.urls import path

from coalface.understand import views

app_name = "understand"

urlpatterns = [
    path("", views.index, name="index"),
    path("propose/", views.propose, name="propose"),
    path("touchpoints/", views.touchpoints, name="touchpoints"),
    path("unsure/", views.unsure, name="unsure"),
    path("unsure/undo/", views.undo, name="undo"),
    path("unsure/<int:pk>/", views.settle, name="settle"),
    path("read/<uuid:pk>/", views.read, name="read"),
    path("research/<uuid:pk>/<int:number>/mark/", views.mark, name="mark"),
    path("<int:pk>/", views.issue, name="issue"),
    path("<int:pk>/mentions/", views.mentions, name="mentions"),
    path("<int:pk>/confirm/", views.confirm, name="confirm"),
    path("<int:pk>/merge/", views.merge, name="merge"),
    path("<int:pk>/route/", views.route, name="route"),
]
