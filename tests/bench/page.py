"""The page that Chromium shows: the kiosk's own pictures, a minute clock, and levels that are pushed to it."""

import queue
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

_PAGE = """<!doctype html><meta charset=utf-8><title>Threat level</title><style>
body {{ margin: 0; overflow: hidden; cursor: none }}
img {{ position: absolute; width: 100vw; height: 100vh; opacity: 0; {motion} }}
img.on {{ opacity: 1 }}
p {{ position: absolute; right: 1vw; top: 0; margin: 0; font: 16px sans-serif }}
</style>{pictures}<p></p><script>
function tell() {{
  const now = new Date();
  document.querySelector("p").textContent = now.toTimeString().slice(0, 5);
  setTimeout(tell, 60000 - now % 60000);
}}
tell();
new EventSource("/levels").onmessage = event => {{
  for (const picture of document.images) picture.className = picture.id == event.data ? "on" : "";
}};
</script>"""


class Page:
    """A server on loopback.

    Attributes:
        url: of the page.
    """

    def __init__(self, pictures: Mapping[str, Path], *, fade: bool) -> None:
        images = "".join(
            f'<img id={level} src="/{level}.png"{" class=on" if number == 0 else ""}>'
            for number, level in enumerate(pictures)
        )
        motion = "transition: opacity 400ms" if fade else ""
        self._answers = {f"/{level}.png": ("image/png", path.read_bytes()) for level, path in pictures.items()}
        self._answers["/"] = ("text/html", _PAGE.format(pictures=images, motion=motion).encode())
        self._listening: list[queue.SimpleQueue[str]] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}/"

    @property
    def listened(self) -> bool:
        """Whether a browser waits for levels."""
        return bool(self._listening)

    def push(self, level: str) -> None:
        """Tell every browser that waits."""
        for listener in self._listening:
            listener.put(level)

    def answer(self, path: str) -> tuple[str, bytes] | None:
        """The type and the content of a path."""
        return self._answers.get(path)

    def levels(self) -> "queue.SimpleQueue[str]":
        """The levels that will be pushed from now on."""
        listener: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._listening.append(listener)
        return listener

    @contextmanager
    def served(self) -> Iterator["Page"]:
        """Answer while the block runs."""
        thread = Thread(target=self._server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield self
        finally:
            self.push("")
            self._server.shutdown()
            thread.join()
            self._server.server_close()


def _handler(page: Page) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/levels":
                self._push()
                return
            answer = page.answer(self.path)
            self.send_response(200 if answer else 404)
            kind, content = answer or ("text/plain", b"")
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def _push(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.end_headers()
            levels = page.levels()
            while level := levels.get():
                self.wfile.write(f"data: {level}\n\n".encode())

        def log_message(self, *_: object) -> None:
            pass

    return Handler
