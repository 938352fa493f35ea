"""The room's addresses."""

app_name = "verify"

urlpatterns = []
