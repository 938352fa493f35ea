"""The room's addresses."""

app_name = "customers"

urlpatterns = []
