"""The operators' commands, each run as an operator runs it: a process of its own on a home of its own."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

MAP = """
source = "letters"
kind = "complaint"
channel = "letter"

[columns]
id = "no"
received_at = "on"
text = "words"
"""

TAKEN_BACK = "Run {run}: coalface import --undo {run} takes it back.\n"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation with an organisation and its first administrator."""
    folder = tmp_path_factory.mktemp("home")
    made = coalface(
        folder,
        "user", "ada@shop.example", "--organisation", "Corner Shop", "--password-from-input",
        typed="a long password\n",
    )  # fmt: skip
    assert made.stdout == "ada@shop.example can sign in now as administrator of Corner Shop.\n"
    return folder


def environment(home: Path) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    return kept | {"COALFACE_HOME": str(home), "DJANGO_SETTINGS_MODULE": "coalface.settings"}


def coalface(home: Path, *words: str, typed: str = "") -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "coalface", *words]
    return subprocess.run(
        command, env=environment(home), input=typed, capture_output=True, text=True, timeout=120
    )


@pytest.mark.parametrize(
    ("words", "typed", "said"),
    [
        (["ada@shop.example"], "another password\n", "ada@shop.example has a sign-in already."),
        (["bob@shop.example"], "short\n", "That password will not do"),
        (["bob@shop.example", "--role", "king"], "a long password\n", "There is no role king"),
    ],
)
def test_a_sign_in_that_cannot_be_made_says_why(home: Path, words: list[str], typed: str, said: str):
    refused = coalface(home, "user", *words, "--password-from-input", typed=typed)
    assert refused.returncode == 2
    assert said in refused.stderr


def test_an_empty_installation_asks_for_the_organisation(tmp_path: Path):
    refused = coalface(
        tmp_path, "user", "ada@shop.example", "--password-from-input", typed="a long password\n"
    )
    assert refused.returncode == 2
    assert "--organisation" in refused.stderr


def test_a_file_is_read_counted_and_not_read_twice(home: Path, tmp_path: Path):
    (tmp_path / "map.toml").write_text(MAP)
    (tmp_path / "letters.csv").write_text(
        "no,on,words\n1,2026-01-05,Nobody answered.\n2,yesterday,Too late.\n3,2026-01-06,\n"
    )
    words = ("import", "feedback", str(tmp_path / "letters.csv"), "--map", str(tmp_path / "map.toml"))
    first, second = coalface(home, *words), coalface(home, *words)
    refused = "  1 × on: bad_date\n  line 3: bad_date\n"
    assert first.stdout == f"2 taken in, 0 already there, 1 refused.\n{refused}{TAKEN_BACK.format(run=1)}"
    assert second.stdout == f"0 taken in, 2 already there, 1 refused.\n{refused}{TAKEN_BACK.format(run=2)}"
    assert (first.returncode, second.returncode) == (1, 1)
    tried = coalface(home, *words, "--try")
    assert tried.stdout == f"0 would be taken in, 2 already there, 1 refused.\n{refused}"
    undone = coalface(home, "import", "--undo", "1")
    assert undone.stdout == "Run 1 is taken back.\n"
    assert coalface(home, "import", "--undo", "1").returncode == 2


def test_columns_are_recognised_without_a_map(home: Path, tmp_path: Path):
    (tmp_path / "list.csv").write_bytes("Name;E-Mail\nJürg;juerg@home.example\n".encode("cp1252"))
    done = coalface(home, "import", "customers", str(tmp_path / "list.csv"))
    assert done.stdout.startswith("1 taken in, 0 already there, 0 refused.\n")
    assert "name = “Name”" in done.stderr
    assert done.returncode == 0


def test_a_file_that_cannot_be_read_says_what_to_do(home: Path, tmp_path: Path):
    (tmp_path / "map.toml").write_text(MAP)
    (tmp_path / "letters.csv").write_text("number,day\n1,2\n")
    refused = coalface(
        home, "import", "feedback", str(tmp_path / "letters.csv"), "--map", str(tmp_path / "map.toml")
    )
    assert (refused.returncode, refused.stdout) == (2, "")
    assert all(column in refused.stderr for column in ("no", "on", "words"))


def test_the_summary_is_json_with_the_documented_keys(home: Path):
    figures = json.loads(coalface(home, "summary", "--as", "ada@shop.example", "--json").stdout)
    documented = (Path(__file__).parents[2] / "docs" / "using" / "summary.md").read_text()
    assert set(figures) >= {"as_of", "leaders", "resolution", "remarks_open", "awareness", "next_encounters"}
    assert [key for key in figures if f"`{key}`" not in documented] == []
    assert coalface(home, "summary", "--as", "nobody@shop.example").returncode == 2


def test_the_small_demo_is_built_once_and_printed(tmp_path: Path):
    first = coalface(tmp_path, "demo", "--small", "--no-serve")
    second = coalface(tmp_path, "demo", "--small", "--no-serve")
    assert "Built in" in first.stdout
    assert "Built in" not in second.stdout
    assert "Verified: No pick-up day is promised" in second.stdout


def test_a_home_with_somebodys_own_data_is_never_thrown_away_for_a_demo(home: Path):
    refused = coalface(home, "demo", "--no-serve")
    assert refused.returncode != 0
    assert "only the demo's own home" in refused.stderr
    assert coalface(home, "summary", "--as", "ada@shop.example").returncode == 0


def test_web_and_worker_end_together(home: Path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "coalface", "serve", "--port", str(port)]
    server = subprocess.Popen(command, env=environment(home), stdout=subprocess.DEVNULL)
    try:
        assert "Coalface" in page(f"http://localhost:{port}/accounts/login/")
    finally:
        server.send_signal(signal.SIGTERM)
    assert server.wait(timeout=30) == 0
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(f"http://localhost:{port}/")


def page(address: str) -> str:
    for _ in range(120):
        try:
            with urllib.request.urlopen(address) as answer:
                return answer.read().decode()
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.5)
    raise TimeoutError(address)
