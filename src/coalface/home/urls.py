"""The room's addresses."""

app_name = "home"

urlpatterns = []
