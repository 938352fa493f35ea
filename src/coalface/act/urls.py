"""The room's addresses."""

from django.urls import path

from coalface.act import views

app_name = "act"

urlpatterns = [
    path("", views.index, name="index"),
    path("<int:pk>/", views.fix, name="fix"),
    path("<int:pk>/accept/", views.accept, name="accept"),
    path("<int:pk>/decline/", views.decline, name="decline"),
    path("<int:pk>/ship/", views.ship, name="ship"),
    path("open/<int:pk>/", views.open_fix, name="open_fix"),
    path("<int:pk>/words/", views.publish, name="publish"),
    path("tell/", views.to_tell, name="to_tell"),
    path("tell/<int:pk>/<str:news>/", views.batch, name="batch"),
    path("tell/<int:pk>/<str:news>/send/", views.send_news, name="send_news"),
    path("tell/<int:pk>/<str:news>/leave-out/", views.leave_out, name="leave_out"),
    path("heard/", views.published, name="published"),
    path("heard/<int:pk>/take-off/", views.withdraw, name="withdraw"),
    path("heard/poster/<int:pk>/", views.poster, name="poster"),
]

# Under /c/, for everybody; the code of a place stands last, as it may be anything.
public = [
    path("no-news/<str:token>/", views.no_news, name="no_news"),
    path("heard/", views.heard, name="heard"),
    path("heard/at/<str:code>/", views.heard, name="heard_at"),
]
