"""Where the door stands: every noun under its own address."""

from ninja import NinjaAPI

from . import encounters, feedback, photos, remarks, session
from .answers import answer_in_json

api = NinjaAPI(
    title="Coalface",
    version="1",
    description="What phones send, and what programs may ask. Times never come from the device.",
    urls_namespace="api",
    docs_url=None,
    openapi_url=None,
)
answer_in_json(api)
api.add_router("session", session.router)
api.add_router("encounters", encounters.router)
api.add_router("remarks", remarks.router)
api.add_router("feedback", feedback.router)
api.add_router("photos", photos.router)

app_name = "api"
urlpatterns = [address for address in api.urls[0] if address.name != "api-root"]
