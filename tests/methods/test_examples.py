"""Every example in a docstring of `methods` runs, and every public function has one and names its source."""

import ast
import doctest
import importlib
import pkgutil
from pathlib import Path

import pytest

import coalface.methods

NAMES = [module.name for module in pkgutil.iter_modules(coalface.methods.__path__)]


@pytest.mark.parametrize("name", NAMES)
def test_the_examples_of_a_module_run(name):
    outcome = doctest.testmod(importlib.import_module(f"coalface.methods.{name}"))
    assert (outcome.failed, outcome.attempted > 0) == (0, True)


@pytest.mark.parametrize("name", NAMES)
def test_a_public_function_says_shapes_units_errors_and_source(name):
    tree = ast.parse((Path(coalface.methods.__path__[0]) / f"{name}.py").read_text(encoding="utf-8"))
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name[0] != "_"]
    assert [
        (function.name, word)
        for function in functions
        for word in ("Shapes", "nits", "Errors", "ource", ">>>")
        if word not in (ast.get_docstring(function) or "")
    ] == []


@pytest.mark.parametrize("name", NAMES)
def test_importing_a_module_loads_no_heavy_library(name):
    tree = ast.parse((Path(coalface.methods.__path__[0]) / f"{name}.py").read_text(encoding="utf-8"))
    heavy = {"numpy", "scipy", "pandas", "sklearn", "statsmodels", "django"}
    imported = {
        (alias.name if isinstance(node, ast.Import) else node.module or "").split(".")[0]
        for node in tree.body
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    assert imported & heavy == set()
