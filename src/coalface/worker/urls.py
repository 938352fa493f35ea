"""The room's addresses."""

app_name = "worker"

urlpatterns = []
