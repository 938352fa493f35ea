"""The room's addresses."""

app_name = "hear"

urlpatterns = []
