"""Noting what was said without a signal: a page that holds nobody's data, and the worker that keeps it."""

import json
from functools import cache
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control

from coalface.meet.forms.remarks import ABOUT, KINDS
from coalface.permissions import ANYONE, needs

FOLDER = Path(__file__).parents[1] / "static" / "meet" / "capture"
NOT_OF_THE_PAGE = {"worker.js", "sign_out.js", "locked.js"}
PAGE = "meet/capture/capture.html"
OF_THIS_MACHINE = {"localhost", "127.0.0.1", "::1"}
PAPER = "#faf6ee"
CHOICES = {"kinds": KINDS, "about": ABOUT}


@needs(ANYONE)
@cache_control(no_cache=True)
def capture(request: HttpRequest) -> HttpResponse:
    """The one big field; over plain HTTP it says what is missing instead of losing words later."""
    if not (request.is_secure() or _of_this_machine(request)):
        return render(request, "meet/capture/insecure.html", status=403)
    return render(request, PAGE, CHOICES)


def _of_this_machine(request: HttpRequest) -> bool:
    return urlsplit(f"//{request.get_host()}").hostname in OF_THIS_MACHINE


@needs(ANYONE)
@cache_control(no_cache=True)
def capture_worker(request: HttpRequest) -> HttpResponse:
    """The service worker, which changes whenever anything of the page does."""
    page = render_to_string(PAGE, CHOICES)
    address = reverse("meet:capture")
    shell = {
        "version": sha256((page + _content()).encode()).hexdigest()[:16],
        "page": address,
        "files": [address, *(static(name) for name in shell_files())],
    }
    source = (FOLDER / "worker.js").read_text()
    return HttpResponse(
        f"self.shell = {json.dumps(shell)};\n{source}", content_type="text/javascript; charset=utf-8"
    )


@cache
def shell_files() -> tuple[str, ...]:
    """Everything the page loads."""
    modules = sorted(path.name for path in FOLDER.glob("*.js") if path.name not in NOT_OF_THE_PAGE)
    return (
        "shell/favicon.svg",
        "shell/tokens.css",
        "shell/button.css",
        "meet/capture/capture.css",
        "vendor/idb/index.js",
        *(f"meet/capture/{name}" for name in modules),
    )


@cache
def _content() -> str:
    digests = (sha256(Path(finders.find(name)).read_bytes()).hexdigest() for name in shell_files())
    return "".join(digests)


@needs(ANYONE)
@cache_control(no_cache=True)
def capture_manifest(request: HttpRequest) -> HttpResponse:
    """What a phone wants to know before it puts the page among its apps."""
    start = reverse("meet:capture")
    icons = [
        ("icon-192.png", "192x192", "any"),
        ("icon-512.png", "512x512", "any"),
        ("icon-maskable.png", "512x512", "maskable"),
    ]
    described = {
        "id": start,
        "name": _("Coalface: note something"),
        "short_name": "Coalface",
        "start_url": start,
        "scope": start,
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": PAPER,
        "icons": [
            {"src": static(f"meet/capture/{name}"), "sizes": sizes, "type": "image/png", "purpose": purpose}
            for name, sizes, purpose in icons
        ],
    }
    return JsonResponse(described, content_type="application/manifest+json")
