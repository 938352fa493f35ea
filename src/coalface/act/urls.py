"""The room's addresses."""

from django.urls import path

from coalface.act import views

app_name = "act"

urlpatterns = [
    path("", views.index, name="index"),
    path("board/", views.board, name="board"),
    path("<int:pk>/", views.fix, name="fix"),
    path("<int:pk>/accept/", views.accept, name="accept"),
    path("<int:pk>/return/", views.give_back, name="give_back"),
    path("<int:pk>/offer/", views.offer, name="offer"),
    path("<int:pk>/take-back/", views.take_back, name="take_back"),
    path("<int:pk>/ask/", views.ask, name="ask"),
    path("<int:pk>/decide/", views.decide, name="decide"),
    path("<int:pk>/decline/", views.decline, name="decline"),
    path("<int:pk>/as-customers-read-it/", views.as_customers_read_it, name="as_customers_read_it"),
    path("<int:pk>/ship/", views.ship, name="ship"),
    path("<int:pk>/change/", views.change, name="change"),
    path("<int:pk>/lane/", views.lane, name="lane"),
    path("<int:pk>/needs/", views.needs_first, name="needs"),
    path("<int:pk>/merge/", views.merge, name="merge"),
    path("<int:pk>/move/", views.move, name="move"),
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
