"""What the API promises is written down, and does not change unseen."""

import json

from coalface.api.urls import api
from tests.house.rules.source import PACKAGE


def test_the_promise_is_the_one_that_was_reviewed():
    """After a change that is meant: `python scripts/schema.py`, read the difference, commit it."""
    written = json.loads((PACKAGE / "api" / "schema.json").read_text())
    assert json.loads(json.dumps(api.promise())) == written


def test_every_operation_says_how_it_refuses():
    for path, verbs in api.promise()["paths"].items():
        for verb, operation in verbs.items():
            declared = {int(code) for code in operation["responses"]}
            wanted = {401, 403, 422} if path != "/api/session" else set()
            wanted -= set() if operation["security"] else {403}  # a signature has no rights that could lack
            wanted |= {400, 404, 409, 413} if verb in {"put", "patch", "post"} else set()
            by_token = [one["token"] for one in operation["security"] if "token" in one]
            wanted |= {426} if verb in {"put", "patch"} and not by_token else set()
            wanted |= {429} if by_token else set()
            assert wanted <= declared, (verb, path)
