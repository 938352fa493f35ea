"""The promise of the API, as its page of explanation shows it."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Any, Final

Schema = Mapping[str, Any]
EXAMPLES: Final = {
    "string": "…",
    "integer": 1,
    "number": 1.0,
    "boolean": False,
    "array": [],
    "object": {},
    "date": "2026-03-01",
    "date-time": "2026-03-02T09:00:00Z",
    "uuid": "01900000-0000-7000-8000-000000000000",
}
# What stands for a thing of that name in a line to copy.
KNOWN: Final = {
    "unit": "north",
    "measure": "orders",
    "reference": "C-7",
    "kind": "complaint",
    "source": "survey",
    "name": "Uma Berg",
    "text": "It is too dark.",
    "Idempotency-Key": "2026-03-02-first",
    "currency": "CHF",
    "until_on": "2026-03-31",
}


@dataclass(frozen=True, slots=True)
class Field:
    """Something that is sent or told: its name, its type in words, and what it may be."""

    name: str
    type: str
    required: bool
    about: str
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explained:
    """One operation as a reader wants to see it."""

    anchor: str
    noun: str
    method: str
    path: str
    about: str
    scopes: tuple[str, ...]
    for_people: bool
    parameters: tuple[Field, ...]
    body: tuple[Field, ...]
    answer: tuple[Field, ...]
    codes: tuple[str, ...]
    curl: str


@dataclass(frozen=True, slots=True)
class Noun:
    """What may be done with one noun."""

    name: str
    operations: tuple[Explained, ...]


def explained(promise: Schema, *, site: str, words: str = "") -> list[Noun]:
    """The operations noun by noun, of those only that hold all the words in their address or explanation."""
    found = [
        _operation(promise, path, method, said, site)
        for path, verbs in promise["paths"].items()
        for method, said in verbs.items()
    ]
    wanted = [one for one in found if _holds(one, words.lower().split())]
    ordered = sorted(wanted, key=attrgetter("noun"))
    return [Noun(noun, tuple(some)) for noun, some in groupby(ordered, key=attrgetter("noun"))]


def _holds(one: Explained, words: Iterable[str]) -> bool:
    fields = " ".join(field.name for field in (*one.parameters, *one.body, *one.answer))
    text = f"{one.method} {one.path} {one.about} {' '.join(one.scopes)} {fields}".lower()
    return all(word in text for word in words)


def _operation(promise: Schema, path: str, method: str, said: Schema, site: str) -> Explained:
    shapes = promise["components"]["schemas"]
    body = next(iter(said.get("requestBody", {}).get("content", {}).values()), {}).get("schema", {})
    success = next((code for code in said["responses"] if str(code).startswith("2")), "")
    content = said["responses"].get(success, {}).get("content", {})
    answer = next(iter(content.values()), {}).get("schema", {})
    parameters = tuple(
        _field(one["name"], one["schema"], one.get("required", False), shapes)
        for one in said.get("parameters", ())
    )
    return Explained(
        anchor=said["operationId"],
        noun=(said.get("tags") or [""])[0],
        method=method.upper(),
        path=path,
        about=said.get("description", ""),
        scopes=tuple(scope for way in said.get("security", ()) for scope in way.get("token", ())),
        for_people=any("session" in way for way in said.get("security", ())),
        parameters=parameters,
        body=_fields(body, shapes),
        answer=_fields(answer, shapes),
        codes=tuple(sorted(str(code) for code in said["responses"])),
        curl=_curl(path, method, said, body, shapes, site),
    )


def _resolved(schema: Schema, shapes: Schema) -> Schema:
    if "$ref" in schema:
        return _resolved(shapes[schema["$ref"].rsplit("/", 1)[-1]], shapes)
    if len(schema.get("allOf", ())) == 1:
        return _resolved(schema["allOf"][0], shapes)
    several = [one for one in schema.get("anyOf", ()) if one.get("type") != "null"]
    if len(several) == 1:
        return {**_resolved(several[0], shapes), "nullable": True}
    return schema


def _fields(schema: Schema, shapes: Schema) -> tuple[Field, ...]:
    whole = _resolved(schema, shapes)
    required = whole.get("required", ())
    found = whole.get("properties", {})
    return tuple(_field(name, one, name in required, shapes) for name, one in found.items())


def _field(name: str, schema: Schema, required: bool, shapes: Schema) -> Field:
    whole = _resolved(schema, shapes)
    kind = whole.get("format") or whole.get("type") or "object"
    if kind == "array":
        inner = _resolved(whole.get("items", {}), shapes)
        kind = f"array of {inner.get('title') or inner.get('format') or inner.get('type', 'object')}"
    bounds = [
        f"{sign} {whole[key]}"
        for key, sign in (("minimum", "≥"), ("maximum", "≤"), ("maxLength", "at most"))
        if key in whole and abs(whole[key]) < 2**31
    ]
    choices = tuple(str(one) for one in whole.get("enum", ()))
    kind += " or null" if whole.get("nullable") else ""
    own = schema.get("description", "")
    return Field(name, ", ".join([kind, *bounds]), required, own, choices)


def _example(name: str, schema: Schema, shapes: Schema) -> Any:
    whole = _resolved(schema, shapes)
    if name in KNOWN:
        return KNOWN[name]
    if "enum" in whole:
        return whole["enum"][0]
    if whole.get("type") == "array":
        return [_example("", whole.get("items", {}), shapes)]
    if "properties" in whole:
        wanted = {key: whole["properties"][key] for key in whole.get("required", ())}
        return {key: _example(key, one, shapes) for key, one in wanted.items()}
    return EXAMPLES.get(whole.get("format", ""), EXAMPLES.get(whole.get("type", "string"), "…"))


def _curl(path: str, method: str, said: Schema, body: Schema, shapes: Schema, site: str) -> str:
    """A line to copy; the token is taken from the shell, never typed into it."""
    asked, headers = [], ['-H "Authorization: Bearer $COALFACE_TOKEN"']
    for one in said.get("parameters", ()):
        value = _example(one["name"], one["schema"], shapes)
        if one["in"] == "path":
            path = path.replace(f"{{{one['name']}}}", str(value))
        elif one.get("required") and one["in"] == "query":
            asked.append(f"{one['name']}={value}")
        elif one.get("required"):
            headers.append(f"-H '{one['name']}: {value}'")
    address = f'"{site}{path}{"?" + "&".join(asked) if asked else ""}"'
    lines = [*headers, address]
    if method != "get":
        content = json.dumps(_example("", body, shapes), ensure_ascii=False)
        sent = ["-H 'Content-Type: application/json'", f"-d '{content}'", address]
        lines = ["-X " + method.upper(), *headers, *sent]
    return "curl " + " \\\n  ".join(lines)
