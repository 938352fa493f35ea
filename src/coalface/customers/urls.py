"""The room's addresses."""

from django.urls import path

from coalface.customers import views

app_name = "customers"

urlpatterns = [
    path("", views.index, name="index"),
    path("add/", views.add, name="add"),
    path("duplicates/", views.duplicates, name="duplicates"),
    path("wishes/", views.wishes, name="wishes"),
    path("wishes/<int:pk>/", views.wish, name="wish"),
    path("wishes/<int:pk>/refuse/", views.refuse, name="refuse"),
    path("consent-rules/", views.consent_rules, name="consent_rules"),
    path("consent-rules/basis/", views.set_basis, name="set_basis"),
    path("consent-rules/wording/", views.write_wording, name="write_wording"),
    path("<uuid:pk>/", views.customer, name="customer"),
    path("<uuid:pk>/edit/", views.edit, name="edit"),
    path("<uuid:pk>/merge/", views.choose_other, name="choose_other"),
    path("<uuid:pk>/merge/<uuid:other>/", views.merge, name="merge"),
    path("<uuid:pk>/two/<uuid:other>/", views.tell_apart, name="tell_apart"),
    path("<uuid:pk>/household/", views.join_household, name="join_household"),
    path("<uuid:pk>/household/leave/", views.leave_household, name="leave_household"),
    path("<uuid:pk>/forget/", views.ask_to_be_forgotten, name="ask_to_be_forgotten"),
    path("<uuid:pk>/hold/", views.hand_out, name="hand_out"),
    path("mergings/<int:pk>/take-apart/", views.take_apart, name="take_apart"),
    path("<uuid:pk>/consents/", views.record_consent, name="record_consent"),
    path("<uuid:pk>/restrictions/", views.restrict, name="restrict"),
    path("consents/<int:pk>/withdraw/", views.withdraw_consent, name="withdraw_consent"),
    path("restrictions/<int:pk>/lift/", views.lift, name="lift"),
]
