"""How long a reader waits for a filter of the schedule to take effect, in a real browser."""

from __future__ import annotations

import functools
import http.server
import threading
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.chromium import find_chromium

TYPE_AND_WAIT = """
async () => {
  const field = document.querySelector('event-schedule input[type=search]');
  const start = performance.now();
  field.value = 'session 7';
  field.dispatchEvent(new Event('input', { bubbles: true }));
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  return performance.now() - start;
}
"""


class _Silent(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing."""


def filter_milliseconds(output: Path, path: str, *, runs: int) -> list[float]:
    """Milliseconds from typing into the filter to the second frame after it, once a run."""
    handler = functools.partial(_Silent, directory=str(output))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
        page = browser.new_page()
        waits = []
        for _ in range(runs):
            page.goto(f"http://127.0.0.1:{server.server_port}/{path}")
            page.wait_for_selector("event-schedule input[type=search]", state="visible")
            waits.append(float(page.evaluate(TYPE_AND_WAIT)))
        browser.close()
    server.shutdown()
    return waits
