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
]
