"""The room's addresses."""

app_name = "understand"

urlpatterns = []
