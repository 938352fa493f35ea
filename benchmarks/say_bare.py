"""The product as it is served, with one address more: a bare view that writes one row, as the form's peer."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coalface.settings")

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt


@csrf_exempt
def bare(request: HttpRequest) -> HttpResponse:
    """One row, one word."""
    from coalface.records.models import Verbatim

    Verbatim.objects.create(text=request.POST["text"])
    return HttpResponse("Thank you")


settings.ROOT_URLCONF = "benchmarks.say_bare"
application = get_wsgi_application()  # from here on there are records, which our addresses need
urlpatterns = [path("bare/say/", bare), path("", include("coalface.urls"))]
