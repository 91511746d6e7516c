"""Headless Chromium that shows a page, with everything that it reports about it."""

import base64
import importlib.util
import io
import json
import os
from pathlib import Path

from PIL import Image
from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

AXE = Path(importlib.util.find_spec("axe_playwright_python").origin).parent / "axe.min.js"


class Browser:
    def __init__(self):
        os.environ["FONTCONFIG_FILE"] = str(Path(__file__).parent / "fonts.conf")
        options = Options()
        root = ["--no-sandbox"] if os.geteuid() == 0 else []
        for argument in ["--headless=new", "--hide-scrollbars", "--disable-gpu"] + root:
            options.add_argument(argument)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        self.driver = webdriver.Chrome(service=Service("/usr/bin/chromedriver"), options=options)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.driver.quit()

    def send(self, command, **parameters):
        return self.driver.execute_cdp_cmd(command, parameters)

    def open(self, page, width=800, scheme="light", media="screen", policy=True):
        """Shows a file. Without the policy of the page, its styles can be changed."""
        self.send("Page.setBypassCSP", enabled=not policy)
        self.send(
            "Emulation.setDeviceMetricsOverride",
            width=width, height=800, deviceScaleFactor=1, mobile=False,
        )
        feature = {"name": "prefers-color-scheme", "value": scheme}
        self.send("Emulation.setEmulatedMedia", media=media, features=[feature])
        self.driver.get(page.as_uri())

    def picture(self):
        """Returns a picture of the whole page, once its layout is on the screen."""
        self.driver.execute_async_script(
            "const done = arguments[arguments.length - 1];"
            "requestAnimationFrame(() => requestAnimationFrame(done))"
        )
        answer = self.send("Page.captureScreenshot", format="png", captureBeyondViewport=True)
        return Image.open(io.BytesIO(base64.b64decode(answer["data"])))

    def run(self, script):
        return self.driver.execute_script(script)

    def overflow(self):
        """Returns by how many pixels the page is wider than the window."""
        return self.run(
            "const page = document.documentElement; return page.scrollWidth - page.clientWidth"
        )

    def messages(self):
        """Returns the messages on the console since the last call."""
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def requests(self):
        """Returns the addresses requested since the last call."""
        events = [json.loads(one["message"])["message"] for one in self.driver.get_log("performance")]
        return [
            event["params"]["request"]["url"]
            for event in events if event["method"] == "Network.requestWillBeSent"
        ]

    def violations(self):
        """Returns what axe-core has against the page: the rule, and the first element of each."""
        self.run(AXE.read_text())
        result = self.driver.execute_async_script(
            "const done = arguments[arguments.length - 1]; axe.run().then(done)"
        )
        assert result["passes"]
        return [(one["id"], one["nodes"][0]["html"]) for one in result["violations"]]
