"""Runs editors without a screen, set up as docs/editors.md says."""

import json
import os
import re
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[3]
PROGRAM = Path(os.environ["CONN_PROGRAM"])
TEXT = 'print f"😀漢 {nope}"\n'


@pytest.fixture
def run(tmp_path):
    """Runs an editor in a directory of its own, which is also its home, and returns its stdout."""

    def run(*command):
        variables = os.environ | {
            "PATH": f"{PROGRAM.parent}:{os.environ['PATH']}",
            "HOME": str(tmp_path),
            "XDG_CONFIG_HOME": str(tmp_path / "config"),
        }
        done = subprocess.run(
            command, cwd=tmp_path, env=variables, stdin=subprocess.DEVNULL, capture_output=True,
            text=True, timeout=60,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    (tmp_path / "a.conn").write_text(TEXT)
    run.home = tmp_path
    return run


def blocks(heading, language):
    """Returns the code blocks of a language in a section of docs/editors.md."""
    section = (ROOT / "docs/editors.md").read_text().split(f"## {heading}\n")[1].split("\n## ")[0]
    return re.findall(rf"```{language}\n(.*?)```", section, re.DOTALL)


def values(lines):
    return [json.loads(line) for line in lines.splitlines()]


HOVER = "```conn\n$%s: int\n```"
FORMATTED = ["let total = 1", "print $total", 'print f"😀 {$total}"', "list | first 3 | disconnect"]


def test_neovim(run):
    version = re.search(r"v(\d+)\.(\d+)", run("nvim", "--version"))
    current, earlier = blocks("Neovim", "lua")
    isCurrent = tuple(map(int, version.groups())) >= (0, 11)
    (run.home / "init.lua").write_text(current if isCurrent else earlier)
    shown = run("nvim", "--headless", "-u", "init.lua", "a.conn", "-c",
                f"luafile {HERE / 'drive_neovim.lua'}")
    assert values(shown) == [
        [0, 17, 21, "C0110"], ["disconnect"], HOVER % "x", [1, 5], FORMATTED,
    ]


def test_emacs(run):
    (init,) = blocks("Emacs", "elisp")
    (run.home / "init.el").write_text(init)
    shown = run("emacs", "--batch", "-l", "package", "-f", "package-activate-all", "-l",
                "init.el", "-l", str(HERE / "drive_emacs.el"))
    assert values(shown) == [[13, 17], ["disconnect"], [1, 4], FORMATTED + [""], HOVER % "total"]


def test_vim(run):
    syntax = run.home / ".vim/syntax/conn.vim"
    syntax.parent.mkdir(parents=True)
    syntax.write_text((ROOT / "grammar/conn.vim").read_text())
    (setting,) = re.findall(r"`(au BufRead.*?)`", (ROOT / "docs/editors.md").read_text())
    (run.home / ".vimrc").write_text(f"{setting}\n")
    (run.home / "s.conn").write_text("""# note "x"
let x = 1 # c
list | where name == "a # b" and folder_id in [45] | disconnect
print f"n {$x}", 'raw $x', lower("A"), 2024-01-01, $x
""")
    run("vim", "-es", "-u", ".vimrc", "-S", str(HERE / "drive_vim.vim"))
    assert (run.home / "groups.txt").read_text().splitlines() == [
        "1 connComment",
        "1 connKeyword, 9 connNumber, 11 connComment",
        "1 connKeyword, 8 connStage, 14 connField, 22 connString, 30 connKeyword, 34 connField,"
        " 44 connKeyword, 48 connNumber, 54 connStage",
        "1 connKeyword, 8 connString, 18 connString, 28 connFunction, 34 connString,"
        " 40 connNumber, 52 connVariable",
    ]
