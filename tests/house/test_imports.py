"""The contracts between rooms are complete and bite; a page never waits for a heavy library."""

import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.house.rules import shape
from tests.house.rules.source import PACKAGE, ROOT

CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
BY_ID = {contract["id"]: contract for contract in CONTRACTS}
HEAVY = [
    "ibis",
    "duckdb",
    "sklearn",
    "scipy",
    "statsmodels",
    "ortools",
    "onnxruntime",
    "numpy",
    "pandas",
    "pyarrow",
    "xlsxwriter",
    "PIL",
    "pi_heif",
]

EMPTY_HOUSE = {"__init__.py": "", "methods/__init__.py": "", "act/__init__.py": ""}
RUN = "from importlinter.cli import lint_imports_command as run; run()"


def heavy_after(statement: str) -> list[str]:
    """The heavy libraries that are loaded once the pages are, and a statement was carried out."""
    look = (
        "import django, importlib, json, sys; django.setup(); from django.conf import settings;"
        f"importlib.import_module(settings.ROOT_URLCONF); {statement};"
        f"print(json.dumps([name for name in {HEAVY} if name in sys.modules]))"
    )
    found = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True, cwd=ROOT)
    return json.loads(found.stdout)


def test_no_heavy_library_is_loaded_with_the_pages():
    assert heavy_after("pass") == []


def test_a_heavy_library_is_found():
    assert heavy_after("import numpy") == ["numpy"]


def test_every_room_is_under_the_contract_for_rooms():
    rooms = {f"coalface.{room}" for room in shape.ROOMS if (PACKAGE / room / "__init__.py").exists()}
    assert set(BY_ID["rooms"]["containers"]) == rooms


def test_the_contract_for_rooms_names_every_file_of_a_room():
    named = {layer.strip("()") for layer in BY_ID["rooms"]["layers"]}
    exempt = {Path(place).stem for place in shape.EXEMPT if place.endswith(".py")}
    assert named == (shape.IN_A_ROOM - {"__init__"}) | exempt


def in_toml(contract: dict) -> str:
    """One contract as import-linter reads it."""
    values = {key: value for key, value in contract.items() if key != "id"}
    lines = [f"{key} = {json.dumps(value)}" for key, value in values.items()]
    return "\n".join(["[[tool.importlinter.contracts]]", *lines])


@pytest.fixture
def verdict(tmp_path: Path):
    """What import-linter says about a small package under one of our contracts."""

    def ask(contract: str, files: dict[str, str]) -> tuple[int, str]:
        for place, text in (EMPTY_HOUSE | files).items():
            path = tmp_path / "coalface" / place
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        ours = BY_ID[contract] | ({"containers": ["coalface.act"]} if contract == "rooms" else {})
        head = "[tool.importlinter]\nroot_package = 'coalface'\ninclude_external_packages = true\n"
        (tmp_path / "pyproject.toml").write_text(head + in_toml(ours))
        command = [sys.executable, "-c", RUN, "--no-cache"]
        ran = subprocess.run(
            command,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            env={"PYTHONPATH": str(tmp_path)},
            check=False,
        )
        return ran.returncode, ran.stdout

    return ask


ACT_ASKS_VERIFY = {"verify/__init__.py": "", "act/actions.py": "import coalface.verify"}
VERIFY_ASKS_ACT = {"act/actions.py": "", "verify/__init__.py": "import coalface.act.actions"}


@pytest.mark.parametrize(
    ("contract", "good", "bad", "complaint"),
    [
        ("loop", VERIFY_ASKS_ACT, ACT_ASKS_VERIFY, "coalface.act is not allowed to import coalface.verify"),
        ("loop", {"policies.py": ""}, {"tools.py": ""}, "not listed as layers"),
        ("rooms", {"act/actions.py": "import coalface.act.queries", "act/queries.py": ""},
         {"act/queries.py": "import coalface.act.actions", "act/actions.py": ""},
         "coalface.act.queries is not allowed to import coalface.act.actions"),
        ("rooms", {"act/views.py": ""}, {"act/services.py": ""}, "not listed as layers"),
        ("methods", {"methods/nps.py": "import math"}, {"methods/nps.py": "import django"},
         "coalface.methods is not allowed to import django"),
    ],
)  # fmt: skip
def test_a_contract_bites(verdict, tmp_path, contract, good, bad, complaint):
    assert verdict(contract, good)[0] == 0
    code, said = verdict(contract, bad)
    assert (code, complaint in said) == (1, True), said
