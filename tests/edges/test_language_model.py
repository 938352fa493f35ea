"""One question to a language model: what leaves, and the code for each way in which no answer comes."""

import json
import time

import pytest

from coalface.edges.language_model import MOST_BYTES, Model, NotAnswered, ask
from tests.edges.mouth import Answer, choice, dribbles, says, sleeps, speaking

MESSAGES = [{"role": "user", "content": "What is it?"}]


@pytest.mark.parametrize("tail", ["", "/", "/v1", "/v1/"], ids=range(4))
def test_it_is_asked_as_openai_is(tail: str):
    with speaking(says(choice("A till."))) as (address, heard):
        assert ask(Model(address + tail, "small", "secret"), MESSAGES) == "A till."
    [(path, headers, body)] = heard
    assert (path, headers["Authorization"]) == ("/v1/chat/completions", "Bearer secret")
    assert json.loads(body) == {"model": "small", "messages": MESSAGES, "temperature": 0, "stream": False}


def test_without_a_key_none_is_sent():
    with speaking(says(choice("A till."))) as (address, heard):
        ask(Model(address, "small"), MESSAGES)
    assert "Authorization" not in heard[0][1]


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (says(choice("x"), 500), "broken"),
        (says(choice("x"), 401), "refused"),
        (says(b"", 302, Location="http://127.0.0.1:1/elsewhere"), "redirected"),
        (says(b"<html>garbage</html>"), "not_understood"),
        (says(b"\xff\xfe\x00"), "not_understood"),
        (says(b"[" * 100_000), "not_understood"),
        (says({"choices": []}), "not_understood"),
        (says({"error": "no such model"}), "not_understood"),
        (says(choice(None)), "not_understood"),
        (says(choice("x" * MOST_BYTES)), "too_long"),
        (sleeps, "timeout"),
    ],
    ids=range(11),
)
def test_a_model_that_misbehaves_gives_a_code(answer: Answer, kind: str):
    with speaking(answer) as (address, heard), pytest.raises(NotAnswered) as refused:
        ask(Model(address, "small"), MESSAGES, seconds=0.5)
    assert (refused.value.kind, len(heard)) == (kind, 1)


def test_one_that_never_ends_is_hung_up_on():
    began = time.monotonic()
    with speaking(dribbles) as (address, _), pytest.raises(NotAnswered) as refused:
        ask(Model(address, "small"), MESSAGES, seconds=1, longest=0.3)
    assert (refused.value.kind, time.monotonic() - began < 4) == ("timeout", True)


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("", "no_address"),
        ("ftp://model.example", "no_address"),
        ("http://", "no_address"),
        ("http://me:secret@model.example", "no_address"),
        ("http://model.example:99999", "no_address"),
        ("http://127.0.0.1:1", "not_reached"),
    ],
    ids=range(6),
)
def test_an_address_that_is_none_is_not_asked(url: str, kind: str):
    with pytest.raises(NotAnswered) as refused:
        ask(Model(url, "small"), MESSAGES, seconds=1)
    assert refused.value.kind == kind
