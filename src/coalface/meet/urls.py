"""The room's addresses."""

app_name = "meet"

urlpatterns = []
