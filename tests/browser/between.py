"""A line between phone and server that breaks where a test says: an answer lost, an error, a portal."""

import http.client
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlsplit

HOP = {"connection", "transfer-encoding", "keep-alive", "content-length"}
PORTAL = b"<!doctype html><title>Welcome to our guest network</title>"


class Line(ThreadingHTTPServer):
    """Passes everything on; `trouble` says for each request "" or what goes wrong with it."""

    daemon_threads = True

    def __init__(self, site: str) -> None:
        super().__init__(("127.0.0.1", 0), Passing)
        self.behind = urlsplit(site)
        self.trouble: Callable[[str, str], str] = lambda method, path: ""
        self.passed: list[tuple[str, str]] = []

    @property
    def site(self) -> str:
        """Where a browser finds it."""
        return f"http://localhost:{self.server_port}"


class Passing(BaseHTTPRequestHandler):
    """One request: to the server and back, or not."""

    server: Line

    def _pass(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        trouble = self.server.trouble(self.command, self.path)
        if trouble == "error":
            return self._answer(500, [("Content-Type", "text/html")], b"<h1>Server error</h1>")
        if trouble == "portal":
            return self._answer(200, [("Content-Type", "text/html")], PORTAL)
        behind = http.client.HTTPConnection(self.server.behind.hostname, self.server.behind.port)
        headers = {name: value for name, value in self.headers.items() if name.lower() not in HOP}
        behind.request(self.command, self.path, body or None, headers)
        answer = behind.getresponse()
        content = answer.read()
        behind.close()
        self.server.passed.append((self.command, self.path))
        if trouble == "lost":
            self.close_connection = True
            return None
        kept = [(name, value) for name, value in answer.getheaders() if name.lower() not in HOP]
        return self._answer(answer.status, kept, content)

    do_GET = do_PUT = do_PATCH = do_POST = _pass  # noqa: N815  (names of the standard library)

    def _answer(self, status: int, headers: list[tuple[str, str]], content: bytes) -> None:
        self.send_response_only(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Nothing to say."""


@contextmanager
def line_to(site: str) -> Iterator[Line]:
    """A line to this site, for as long as a test needs it."""
    line = Line(site)
    Thread(target=line.serve_forever, daemon=True).start()
    yield line
    line.shutdown()
    line.server_close()
