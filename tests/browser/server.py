"""The product's own web server in a process of its own, which a test may kill."""

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

ROOT = Path(__file__).parents[2]


class Server:
    """Lindner & Co in a home of its own, served by granian; killed it leaves nothing but what it wrote."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.environment = {
            name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "COALFACE_SITE")
        } | {
            "COALFACE_HOME": str(home),
            "DJANGO_SETTINGS_MODULE": "coalface.settings",
            "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT))),
        }
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.process: subprocess.Popen | None = None

    @property
    def site(self) -> str:
        """Where a browser finds it."""
        return f"http://localhost:{self.port}"

    def build(self) -> dict:
        """The company, and who may sign in."""
        command = [sys.executable, "-m", "tests.browser.storm_house"]
        built = subprocess.run(
            command, env=self.environment, cwd=ROOT, check=True, stdout=subprocess.PIPE, timeout=120
        )
        return json.loads(built.stdout)

    def start(self) -> None:
        """On the same port as ever."""
        command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "1", "--no-ws"]
        command += ["--blocking-threads", "4", "--log-level", "error", "--port", str(self.port)]
        self.process = subprocess.Popen(
            [*command, "coalface.wsgi:application"], env=self.environment, start_new_session=True
        )

    def wait(self) -> None:
        """Until it answers."""
        for _ in range(240):
            try:
                urllib.request.urlopen(f"{self.site}/api/session", timeout=5).close()
                return
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                time.sleep(0.25)
        raise TimeoutError(self.site)

    def kill(self) -> None:
        """SIGKILL, to it and its workers: nothing is finished, nothing is said."""
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
