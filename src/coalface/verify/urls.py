"""The room's addresses, and the public one behind a signed link."""

from django.urls import path

from coalface.verify import views

app_name = "verify"

urlpatterns = [
    path("verify/", views.index, name="index"),
    path("verify/exposures/", views.exposures, name="exposures"),
    path("verify/<int:pk>/", views.verdict, name="verdict"),
    path("verify/<int:pk>/register/", views.register, name="register"),
    path("verify/<int:pk>/register/customers/", views.register_customers, name="register_customers"),
    path("verify/<int:pk>/amend/", views.amend, name="amend"),
    path("verify/<int:pk>/reopen/", views.reopen, name="reopen"),
    path("verify/<int:pk>/judge/", views.judge, name="judge"),
    path("verify/<int:pk>/ask/", views.ask, name="ask"),
    path("c/better/<str:token>/", views.better, name="better"),
]
