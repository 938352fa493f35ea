"""The room's addresses."""

app_name = "act"

urlpatterns = []
