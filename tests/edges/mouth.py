"""A language model that answers, and one that misbehaves: a real server on this machine."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answer = Callable[[BaseHTTPRequestHandler], None]


@contextmanager
def speaking(answer: Answer) -> Iterator[tuple[str, list[tuple[str, dict[str, str], bytes]]]]:
    """A server that answers in this way; its address, and what it was asked."""
    heard: list[tuple[str, dict[str, str], bytes]] = []

    class Mouth(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            heard.append((self.path, dict(self.headers), body))
            try:
                answer(self)
            except OSError:
                return  # the other side hung up, as it should

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Mouth)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", heard
    finally:
        server.shutdown()
        server.server_close()


def says(content: object, status: int = 200, **headers: str) -> Answer:
    def answer(door: BaseHTTPRequestHandler) -> None:
        body = content if isinstance(content, bytes) else json.dumps(content).encode()
        door.send_response(status)
        for name, value in headers.items():
            door.send_header(name, value)
        door.send_header("Content-Length", str(len(body)))
        door.end_headers()
        door.wfile.write(body)

    return answer


def choice(text: object) -> dict[str, object]:
    return {"choices": [{"message": {"content": text}}]}


def sleeps(_: BaseHTTPRequestHandler) -> None:
    time.sleep(2)


def dribbles(door: BaseHTTPRequestHandler) -> None:
    door.send_response(200)
    door.end_headers()
    for _ in range(100):
        door.wfile.write(b" ")
        door.wfile.flush()
        time.sleep(0.05)
