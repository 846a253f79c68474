"""A real browser for tests: Chromium without a window, driven over the DevTools protocol through a pipe."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from tests.prepare import find_browser

_TIMEOUT_S = 60.0
_ARGUMENTS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--remote-debugging-pipe",
    "--host-resolver-rules=MAP * ~NOTFOUND",
)  # fmt: skip
# The browser reads from descriptor 3 and writes to 4; a small process moves the pipes there and becomes the browser.
_START = """
import fcntl, os, sys
ends = [fcntl.fcntl(int(each), fcntl.F_DUPFD, 10) for each in sys.argv[1:3]]
for descriptor, end in zip((3, 4), ends):
    os.dup2(end, descriptor)
os.execv(sys.argv[3], sys.argv[3:])
"""


class Page:
    """One page in a running browser, with all that it asked of the network and wrote to the console."""

    def __init__(self, to_browser: int, from_browser: int) -> None:
        self._out, self._in = to_browser, from_browser
        self._waiting, self._next, self._session = b"", 0, ""
        self.requests: list[str] = []
        self.complaints: list[str] = []

    def start(self, width: int, height: int) -> None:
        """Open an empty page of this size with the network off."""
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")
        nothing: dict[str, Any] = {"latency": 0, "downloadThroughput": 0, "uploadThroughput": 0}
        self.call("Network.emulateNetworkConditions", offline=True, **nothing)
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.call("Emulation.setDeviceMetricsOverride", **size)

    def open(self, path: Path, ready: str) -> None:
        """Load a file and wait until the expression is true."""
        self.call("Page.navigate", url=path.resolve().as_uri())
        self.wait(ready)

    def wait(self, expression: str) -> None:
        """Wait until the expression is true."""
        until = time.monotonic() + _TIMEOUT_S
        while not self.value(f"document.readyState === 'complete' && !!({expression})"):
            assert time.monotonic() < until, f"never true: {expression}; {self.complaints}"
            time.sleep(0.05)

    def value(self, expression: str) -> Any:
        """The value of a JavaScript expression, None where it fails."""
        return self.call("Runtime.evaluate", expression=expression, returnByValue=True)["result"].get("value")

    def click(self, x: float, y: float) -> None:
        """Press and release the mouse there, as a person does."""
        self.call("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def type(self, text: str, key: str = "") -> None:
        """Write a text, then press a key such as Enter."""
        self.call("Input.insertText", text=text)
        for kind in ("keyDown", "keyUp") if key else ():
            self.call("Input.dispatchKeyEvent", type=kind, key=key, code=key)

    def picture(self, path: Path) -> None:
        """Write what the page looks like."""
        path.write_bytes(base64.b64decode(self.call("Page.captureScreenshot", format="png")["data"]))

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Ask the browser and wait for its answer; events that come before it are noted."""
        self._next += 1
        asked = {"id": self._next, "method": method, "params": parameters}
        message = {**asked, "sessionId": self._session} if self._session else asked
        os.write(self._out, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._message()
            if answer.get("id") == self._next:
                assert "error" not in answer, (method, answer)
                return dict(answer["result"])
            self._note(answer.get("method", ""), answer.get("params", {}))

    def _message(self) -> dict[str, Any]:
        while b"\0" not in self._waiting:
            read = os.read(self._in, 1 << 20)
            assert read, "the browser has gone"
            self._waiting += read
        message, _, self._waiting = self._waiting.partition(b"\0")
        return dict(json.loads(message))

    def _note(self, event: str, told: dict[str, Any]) -> None:
        if event == "Network.requestWillBeSent":
            self.requests.append(told["request"]["url"])
        elif event == "Runtime.exceptionThrown":
            self.complaints.append(str(told["exceptionDetails"]))
        elif event == "Runtime.consoleAPICalled" and told["type"] in ("error", "warning", "assert"):
            self.complaints.append(str(told["args"]))
        elif event == "Log.entryAdded" and told["entry"]["level"] in ("error", "warning"):
            self.complaints.append(told["entry"]["text"])


@contextmanager
def browser(width: int = 1280, height: int = 800) -> Iterator[Page]:
    """A browser with one page, closed at the end."""
    program = find_browser()
    assert program, "no Chromium: install the package `chromium`, or name one in CHROMIUM"
    read_by_browser, to_browser = os.pipe()
    from_browser, written_by_browser = os.pipe()
    profile = Path(tempfile.mkdtemp(prefix="graphkit-browser-"))
    command = [sys.executable, "-c", _START, str(read_by_browser), str(written_by_browser), program, *_ARGUMENTS]
    process = subprocess.Popen(
        [*command, f"--user-data-dir={profile}"],
        pass_fds=(read_by_browser, written_by_browser),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "HOME": str(profile)},
    )
    os.close(read_by_browser)
    os.close(written_by_browser)
    try:
        page = Page(to_browser, from_browser)
        page.start(width, height)
        yield page
    finally:
        _end(process, to_browser, from_browser)
        shutil.rmtree(profile, ignore_errors=True)


def _end(process: subprocess.Popen[bytes], *pipes: int) -> None:
    """The browser ends when its pipe closes; where it does not, it is made to."""
    for pipe in pipes:
        os.close(pipe)
    with suppress(subprocess.TimeoutExpired):
        process.wait(10)
    if process.poll() is None:
        process.kill()
        process.wait()
