"""The page that explains the API, and the promise it is drawn from."""

from django.urls import reverse

from coalface.api.queries import explained
from coalface.api.urls import api
from tests.api import Phone, Program
from tests.people import client_for


def test_every_operation_is_explained_with_a_line_to_copy(cast):
    page = client_for(cast.fay).get("/api/docs/").content.decode()
    for path, verbs in api.promise()["paths"].items():
        assert f"<code>{path}</code>" in page, path
        assert all(operation["operationId"] in page for operation in verbs.values())
    assert "/api/exposures/north/orders/2026-03-01&quot;" in page
    assert "style=" not in page and "<script>" not in page


def test_it_narrows_down_to_what_is_looked_for():
    found = explained(api.promise(), site="https://x.example", words="put YEARLY_value")
    assert [(noun.name, [(one.method, one.path) for one in noun.operations]) for noun in found] == [
        ("customers", [("PUT", "/api/customers/by-reference/{reference}")])
    ]
    assert found[0].operations[0].curl == (
        "curl -X PUT \\\n"
        '  -H "Authorization: Bearer $COALFACE_TOKEN" \\\n'
        "  -H 'Content-Type: application/json' \\\n"
        '  -d \'{"name": "Uma Berg"}\' \\\n'
        '  "https://x.example/api/customers/by-reference/C-7"'
    )


def test_nothing_found_is_said(cast):
    page = client_for(cast.fay).get(reverse("api:docs"), {"q": "fish"})
    assert "Nothing of that name" in page.content.decode()


def test_programs_and_people_read_the_promise_and_nobody_else(cast):
    program = Program(cast.fay, "people:read")
    status, told = program.get("openapi.json")
    assert (status, told["openapi"], set(told["components"]["securitySchemes"])) == (
        200,
        "3.1.0",
        {"token", "session"},
    )
    assert Phone(cast.fay).get("openapi.json") == (200, told)
    assert Phone().get("openapi.json") == (401, {"code": "signed_out"})
    assert program.ask("openapi.json", **{"If-None-Match": "*"}).status_code == 304
    assert client_for(cast.fay).get("/api/docs").headers["Location"] == "/api/docs/"
