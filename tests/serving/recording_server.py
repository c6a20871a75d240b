"""A web server in the test's own process that remembers what reached it."""

import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

BODY = b"a long answer " * 100


class RecordingServer(ThreadingHTTPServer):
    daemon_threads = True
    seconds_after_head = 0.0
    """Before the body of an answer follows."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.bodies: list[bytes] = []
        self._thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def end(self) -> None:
        self.shutdown()
        self._thread.join()
        self.server_close()


class _Handler(BaseHTTPRequestHandler):
    server: RecordingServer
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        self.server.bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
        head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(BODY)}\r\n\r\n".encode()
        if self.server.seconds_after_head:
            self.wfile.write(head)
            time.sleep(self.server.seconds_after_head)
            self.wfile.write(BODY)
        else:
            self.wfile.write(head + BODY)

    def log_message(self, *arguments: object) -> None:
        """Nowhere."""
