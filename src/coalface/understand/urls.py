"""The room's addresses."""

from django.urls import path

from coalface.understand import views

app_name = "understand"

urlpatterns = [
    path("", views.index, name="index"),
    path("propose/", views.propose, name="propose"),
    path("journey/", views.journey, name="journey"),
    path("journey/add/", views.add_touchpoint, name="add_touchpoint"),
    path("journey/restore/", views.restore, name="restore"),
    path("journey/links/<int:pk>/", views.assign_link, name="assign_link"),
    path("journey/links/<int:pk>/disconnect/", views.disconnect, name="disconnect"),
    path("journey/cohorts/<str:which>/", views.count, name="count"),
    path("journey/cohorts/<int:pk>/remove/", views.remove_cohort, name="remove_cohort"),
    path("touchpoints/", views.touchpoints, name="touchpoints"),
    path("touchpoints/<slug:key>/", views.touchpoint, name="touchpoint"),
    path("touchpoints/<slug:key>/change/", views.change_touchpoint, name="change_touchpoint"),
    path("touchpoints/<slug:key>/move/", views.move_touchpoint, name="move_touchpoint"),
    path("touchpoints/<slug:key>/remove/", views.remove_touchpoint, name="remove_touchpoint"),
    path("touchpoints/<slug:key>/connect/", views.connect, name="connect"),
    path("unsure/", views.unsure, name="unsure"),
    path("unsure/undo/", views.undo, name="undo"),
    path("unsure/<int:pk>/", views.settle, name="settle"),
    path("themes/", views.themes, name="themes"),
    path("themes/search/", views.search_themes, name="search_themes"),
    path("themes/undo/", views.undo_theme, name="undo_theme"),
    path("themes/<int:pk>/", views.theme, name="theme"),
    path("themes/<int:pk>/confirm/", views.confirm_theme, name="confirm_theme"),
    path("themes/<int:pk>/merge/", views.merge_theme, name="merge_theme"),
    path("themes/<int:pk>/split/", views.split_theme, name="split_theme"),
    path("themes/<int:pk>/decline/", views.decline_theme, name="decline_theme"),
    path("themes/<int:pk>/ask/", views.ask_about_theme, name="ask_about_theme"),
    path("proposed/<int:pk>/take/", views.take_name, name="take_name"),
    path("proposed/<int:pk>/dismiss/", views.dismiss_summary, name="dismiss_summary"),
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
    path("<int:pk>/ask/", views.ask_about_issue, name="ask_about_issue"),
    path("<int:pk>/route/", views.route, name="route"),
]
