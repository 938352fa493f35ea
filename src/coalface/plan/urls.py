"""The room's addresses."""

app_name = "plan"

urlpatterns = []
