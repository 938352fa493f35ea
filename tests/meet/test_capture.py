"""The page of capture as it is served: nobody’s data, refused without encryption, kept by its worker."""

import json
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from pytest_django.fixtures import Settings

from coalface.meet.views.capture import FOLDER, shell_files
from tests.meet import at
from tests.people import Cast, client_for

PHONE = {"HTTP_HOST": "localhost:8000"}
IMPORT = re.compile(r'from "(\./|\.\./\.\./)([\w/.]+)"')


def test_the_page_is_the_same_for_everybody(cast: Cast):
    known = client_for(cast.olga).get(at("capture"), **PHONE)
    assert known.status_code == 200
    assert known.content == Client().get(at("capture"), **PHONE).content
    assert known["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1:8000", "[::1]:8000"])
def test_on_this_machine_it_opens_without_encryption(host: str, settings: Settings):
    settings.ALLOWED_HOSTS = ["*"]
    assert Client().get(at("capture"), HTTP_HOST=host).status_code == 200


@pytest.mark.parametrize("host", ["shop.example", "192.168.1.20:8000", "localhost.evil.example"])
def test_over_plain_http_it_is_refused_with_the_recipe(host: str, settings: Settings):
    settings.ALLOWED_HOSTS = ["*"]
    answer = Client().get(at("capture"), HTTP_HOST=host)
    assert answer.status_code == 403
    assert "This address is not encrypted" in answer.content.decode()
    assert "tls internal" in answer.content.decode()
    assert "<form" not in answer.content.decode()


def test_behind_a_proxy_that_ends_tls_it_opens(settings: Settings):
    settings.ALLOWED_HOSTS = ["shop.example"]
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    answer = Client().get(at("capture"), HTTP_HOST="shop.example", HTTP_X_FORWARDED_PROTO="https")
    assert answer.status_code == 200


def shell(language: str = "en") -> dict:
    """What the worker keeps."""
    answer = Client().get(at("capture_worker"), HTTP_ACCEPT_LANGUAGE=language, **PHONE)
    assert answer["Content-Type"].startswith("text/javascript")
    first = answer.content.decode().partition("\n")[0]
    return json.loads(first.removeprefix("self.shell = ").removesuffix(";"))


def test_the_worker_keeps_every_file_the_page_needs():
    page = Client().get(at("capture"), **PHONE).content.decode()
    linked = set(re.findall(r'(?:href|src)="(/static/[^"]+\.(?:css|js|svg))"', page))
    kept = shell()
    assert kept["page"] == at("capture")
    assert linked <= set(kept["files"])
    for path in FOLDER.glob("*.js"):
        for above, name in IMPORT.findall(path.read_text()):
            assert (name if above == "../../" else f"meet/capture/{name}") in shell_files()
    assert all(Path(finders.find(name)).exists() for name in shell_files())


def test_the_worker_is_another_one_when_the_page_reads_otherwise():
    assert shell("en")["version"] == shell("en")["version"]
    assert shell("en")["version"] != shell("de")["version"]


def test_a_phone_may_put_it_among_its_apps():
    answer = Client().get(at("capture_manifest"), **PHONE)
    assert answer["Content-Type"] == "application/manifest+json"
    described = answer.json()
    assert (described["start_url"], described["scope"], described["display"]) == (
        at("capture"),
        at("capture"),
        "standalone",
    )
    assert [icon["purpose"] for icon in described["icons"]] == ["any", "any", "maskable"]
    names = [icon["src"].removeprefix("/static/") for icon in described["icons"]]
    assert all(Path(finders.find(name)).exists() for name in names)
