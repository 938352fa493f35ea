"""Every address, room by room; public ones live under /c/ in the room that answers them."""

from django.urls import include, path

from coalface.act.urls import public as act_public
from coalface.hear.urls import public as hear_public
from coalface.meet.urls import public as meet_public
from coalface.people.urls import public as people_public
from coalface.people.views import own_addresses, own_password, prove_again, sign_in
from coalface.plan.urls import public as plan_public

urlpatterns = [
    path("", include("coalface.home.urls")),
    path("accounts/login/", sign_in, name="account_login"),
    path("accounts/email/", own_addresses, name="account_email"),
    path("accounts/password/change/", own_password, name="account_change_password"),
    path("accounts/password/set/", own_password, name="account_set_password"),
    path("accounts/reauthenticate/", prove_again, name="account_reauthenticate"),
    path("accounts/", include("allauth.account.urls")),
    path("people/", include("coalface.people.urls")),
    path("customers/", include("coalface.customers.urls")),
    path("plan/", include("coalface.plan.urls")),
    path("meet/", include("coalface.meet.urls")),
    path("", include((plan_public, "calendar_public"))),
    path("c/", include((people_public, "people_public"))),
    path("c/", include((meet_public, "meet_public"))),
    path("c/", include((hear_public, "say"))),
    path("c/", include((act_public, "act_public"))),
    path("hear/", include("coalface.hear.urls")),
    path("understand/", include("coalface.understand.urls")),
    path("act/", include("coalface.act.urls")),
    path("", include("coalface.verify.urls")),
    path("measure/", include("coalface.measure.urls")),
    path("import/", include("coalface.importers.urls")),
    path("worker/", include("coalface.worker.urls")),
    path("api/", include("coalface.api.urls")),
    path("design/", include("coalface.shell.urls")),
]
