"""The room's addresses."""

from django.urls import path

from coalface.understand import views

app_name = "understand"

urlpatterns = [
    path("", views.index, name="index"),
    path("propose/", views.propose, name="propose"),
    path("touchpoints/", views.touchpoints, name="touchpoints"),
    path("unsure/", views.unsure, name="unsure"),
    path("unsure/<int:pk>/", views.settle, name="settle"),
    path("competitors/", views.competitors, name="competitors"),
    path("competitors/whom/", views.whom, name="whom"),
    path("competitors/whom/<int:pk>/", views.say_whom, name="say_whom"),
    path("competitors/<int:pk>/", views.competitor, name="competitor"),
    path("competitors/<int:pk>/change/", views.change_competitor, name="change_competitor"),
    path("competitors/<int:pk>/end/", views.end_competitor, name="end_competitor"),
    path("read/<uuid:pk>/", views.read, name="read"),
    path("research/<uuid:pk>/<int:number>/mark/", views.mark, name="mark"),
    path("<int:pk>/", views.issue, name="issue"),
    path("<int:pk>/mentions/", views.mentions, name="mentions"),
    path("<int:pk>/read/", views.read_quotes, name="read_quotes"),
    path("<int:pk>/confirm/", views.confirm, name="confirm"),
    path("<int:pk>/merge/", views.merge, name="merge"),
    path("<int:pk>/route/", views.route, name="route"),
]
