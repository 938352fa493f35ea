"""What the API promises is written down, and does not change unseen."""

import json

from coalface.api.urls import api
from tests.house.rules.source import PACKAGE


def test_the_promise_is_the_one_that_was_reviewed():
    """After a change that is meant: `python scripts/schema.py`, read the difference, commit it."""
    written = json.loads((PACKAGE / "api" / "schema.json").read_text())
    assert json.loads(json.dumps(api.get_openapi_schema(path_prefix="/api/"))) == written


def test_every_operation_says_how_it_refuses():
    for path, verbs in api.get_openapi_schema(path_prefix="/api/")["paths"].items():
        for verb, operation in verbs.items():
            declared = {int(code) for code in operation["responses"]}
            wanted = {401, 403, 422} if path != "/api/session" else set()
            wanted |= {400, 404, 409, 413, 426} if verb in {"put", "patch"} else set()
            assert wanted <= declared, (verb, path)
