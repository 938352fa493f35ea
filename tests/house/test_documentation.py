"""Everything an operator can turn is explained."""

from pathlib import Path

from coalface.policies import POLICIES
from tests.house.rules.names import commands, undocumented, variables
from tests.house.rules.source import PACKAGE, ROOT, Module, modules

RUNNING = ROOT / "docs" / "running"


def test_every_setting_is_documented():
    names = set().union(*map(variables, modules(PACKAGE)))
    assert undocumented(names, RUNNING / "settings.md") == []


def test_every_command_is_documented():
    assert undocumented(commands(PACKAGE / "console"), RUNNING / "commands.md") == []


def test_every_policy_is_documented():
    assert undocumented(set(POLICIES), RUNNING / "policies.md") == []


def test_a_variable_that_code_reads_is_found():
    text = (
        "a = os.environ.get('A', ''); b = os.environ['B']; c = os.getenv('C'); d = dj_database_url.config()"
    )
    assert variables(Module("settings.py", text)) == {"A", "B", "C", "DATABASE_URL"}


def test_every_file_of_the_console_is_a_command(tmp_path: Path):
    for name in ("__init__", "commands", "import_", "mail_test"):
        (tmp_path / f"{name}.py").touch()
    assert commands(tmp_path) == {"import", "mail-test"}


def test_a_name_nobody_explained_is_found(tmp_path: Path):
    page = tmp_path / "settings.md"
    page.write_text("`COALFACE_HOME` is where things are; `coalface demo --small` builds a shop.")
    assert undocumented({"COALFACE_HOME", "COALFACE_SITE", "demo", "work"}, page) == ["COALFACE_SITE", "work"]
