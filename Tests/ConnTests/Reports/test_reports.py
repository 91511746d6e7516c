"""Shows reports of a plan and of a run in a browser: pictures, overflow, accessibility, isolation.

CONN_RECORD=1 records the pictures.
"""

import json
import os
import re
import subprocess
from pathlib import Path

import pytest
from browser import Browser
from PIL import Image, ImageChops, ImageFilter

PICTURES = Path(__file__).parent / "pictures"
PROGRAM = os.environ["CONN_PROGRAM"]
WIDTHS = [360, 800, 1280]
A4 = 717  # the width of a page in pixels, between Chromium's margins
VIEWS = [(width, scheme, "screen") for width in WIDTHS for scheme in ["light", "dark"]] + [
    (A4, "light", "print")
]

ROWS = [
    {"id": 1, "name": "Billing", "application": "netsuite", "folder_id": 4515, "tags": ["legacy"]},
    {"id": 2, "name": "Sales (old)", "application": "salesforce", "tags": ["legacy", "sales"]},
    {"id": 3, "name": "Tickets", "application": "jira", "folder_id": 4515},
    {"id": 4, "name": "Mail", "application": "gmail", "folder_id": 28940, "tags": ["legacy"]},
]
SCRIPT = """list where tags has "legacy" | update name = f"archive: {name}", folder_id = 7
get 4 | disconnect
"""
HOSTILE = [
    "x" * 10_000, "long " * 2_000, "漢" * 10_000, "<script>alert(1)</script></table></main>",
    "\"><img src='//evil.example/x' onerror=alert(1)>", "&lt;b&gt; a\u202eb ' style='display:none",
]
TOLERANCE = 0.002
FAULTS = [{"on": "update", "id": 2, "play": "status", "status": 422}]

# The parts of a report that differ each time, and their replacements.
CHANGING = [
    (r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", "2026-01-31T10:00:00Z"),
    (r"\d{8}T\d{6}Z-[0-9a-z]{4}", "20260131T100000Z-0000"),
    (r"(calls,|about) \d+ s", r"\1 3 s"),
    (r"by conn [\d.]+", "by conn 0.2.0"),
    (r"127\.0\.0\.1:\d+", "127.0.0.1:8080"),
]


def make(directory, rows, script):
    """Makes `plan.html` and `run.html` of a script on a simulated workspace."""
    directory.mkdir()
    (directory / "w.json").write_text(json.dumps(rows))
    (directory / "f.json").write_text(json.dumps(FAULTS))
    (directory / "s.conn").write_text(script)

    def conn(line):
        environment = os.environ | {"XDG_STATE_HOME": str(directory / "state")} | token
        return subprocess.run(
            f"{PROGRAM} {line}", cwd=directory, shell=True, env=environment, capture_output=True, text=True
        )

    server = subprocess.Popen(
        [PROGRAM, "simulate", "--data", "w.json", "--faults", "f.json"], cwd=directory,
        stdout=subprocess.PIPE, text=True,
    )
    exports = [server.stdout.readline() for _ in range(2)]
    token = dict(line.removeprefix("export ").strip().split("=") for line in exports)
    try:
        for line in ["plan s.conn --max-writes 99 -o s.plan --report plan.html",
                     "run s.conn --max-writes 99 --yes", "show last --report run.html"]:
            done = conn(line)
            assert done.returncode in (0, 1), done.stderr  # 1: a write of the run fails
    finally:
        server.terminate()
        server.wait()
    for name in ["plan", "run"]:
        page = directory / f"{name}.html"
        text = page.read_text()
        for pattern, replacement in CHANGING:
            text = re.sub(pattern, replacement, text)
        page.write_text(text)
    return directory


@pytest.fixture(scope="session")
def calm(tmp_path_factory):
    return make(tmp_path_factory.mktemp("reports") / "calm", ROWS, SCRIPT)


@pytest.fixture(scope="session")
def hostile(tmp_path_factory):
    rows = [
        {"id": number, "name": name, "application": name[:300], "description": name}
        for number, name in enumerate(HOSTILE, 1)
    ]
    script = 'list all | update folder_id = 7, name = f"{name}!"\n'
    return make(tmp_path_factory.mktemp("reports") / "hostile", rows, script)


@pytest.fixture(scope="session")
def browser():
    with Browser() as browser:
        yield browser


def small(picture):
    """Returns a picture in grey, a quarter as wide and high: the layout without the edges of letters."""
    return picture.convert("L").reduce(4)


def difference(picture, recorded):
    """Returns the part of the pixels that differ; 1 if the sizes do."""
    if abs(picture.height - recorded.height) > 1 or picture.width != recorded.width:
        return 1
    size = (picture.width, min(picture.height, recorded.height))
    histogram = ImageChops.difference(*(one.crop((0, 0, *size)) for one in (picture, recorded))).histogram()
    return sum(histogram[48:]) / (size[0] * size[1])


def recorded(name, width, scheme, media="screen"):
    return PICTURES / f"{name}-{width}-{scheme}-{media}.png"


def compare(picture, file):
    return difference(small(picture), Image.open(file).convert("L"))


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: "-".join(map(str, view)))
@pytest.mark.parametrize("name", ["plan", "run"])
def test_looks_as_recorded(browser, calm, name, view):
    browser.open(calm / f"{name}.html", *view)
    picture = browser.picture()
    if os.environ.get("CONN_RECORD") == "1":
        small(picture).quantize(16).save(recorded(name, *view), optimize=True)
    assert compare(picture, recorded(name, *view)) < TOLERANCE
    assert compare(picture.filter(ImageFilter.GaussianBlur(0.7)), recorded(name, *view)) < TOLERANCE


@pytest.mark.parametrize("broken", [
    "", "td { white-space: nowrap; min-width: 40rem }", "th, td { padding: 0.6rem }",
    "td:nth-child(4) { display: none }", "h2 { color: transparent }", "table { border: 8px solid }",
    ":root { --page: #fff; --ink: #000 }", "td { text-align: right }",
])
@pytest.mark.parametrize("width", WIDTHS)
def test_a_broken_layout_looks_different(browser, calm, width, broken):
    browser.open(calm / "plan.html", width, "dark", policy=False)
    browser.run(f"const style = document.querySelector('style');"
                f"if ({json.dumps(broken)}) style.append({json.dumps(broken)}); else style.remove()")
    assert compare(browser.picture(), recorded("plan", width, "dark")) > TOLERANCE


@pytest.mark.parametrize("name", ["plan", "run"])
def test_is_as_wide_as_the_window_and_asks_for_nothing(browser, calm, hostile, name):
    for page in [calm / f"{name}.html", hostile / f"{name}.html"]:
        for width in [320, 360, 640, 768, 769, 800, 1280]:
            browser.open(page, width)
            assert browser.overflow() <= 0, (page, width)
        browser.open(page, A4, media="print")
        assert browser.overflow() <= 0, page
        browser.messages(), browser.requests()
        browser.open(page)
        assert browser.messages() == []
        assert browser.requests() == [page.as_uri()]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ["plan", "run"])
def test_is_accessible(browser, calm, hostile, name, width, scheme):
    for page in [calm / f"{name}.html", hostile / f"{name}.html"]:
        browser.open(page, width, scheme, policy=False)
        assert browser.violations() == []


def test_the_browser_notices_what_reports_must_not_do(browser, tmp_path):
    page = tmp_path / "bad.html"
    page.write_text("<img src=absent.png style='width:2000px'><script>console.log('x')</script>")
    browser.messages(), browser.requests()
    browser.open(page)
    assert browser.overflow() > 0
    assert any("absent.png" in message for message in browser.messages())
    assert browser.requests() == [page.as_uri(), (tmp_path / "absent.png").as_uri()]
    assert {"image-alt", "html-has-lang"} <= {rule for rule, _ in browser.violations()}
