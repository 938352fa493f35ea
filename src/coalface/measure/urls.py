"""The room's addresses."""

app_name = "measure"

urlpatterns = []
