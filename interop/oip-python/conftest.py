"""The server under test: a real one on an empty home folder, with a model of real penguins."""

import json
import pathlib
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PENGUINS = ROOT / "apps/tabular/src/test/resources/penguins.csv"


def _dougong(*arguments):
    done = subprocess.run(
        [str(ROOT / "dougong"), *arguments],
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    home = tmp_path_factory.mktemp("oip") / "home"
    _dougong("try", str(PENGUINS), "--label", "species", "--home", str(home), "--port", "0", "--detach")
    try:
        yield {
            "url": json.loads((home / "server.json").read_text())["url"],
            "token": (home / "admin.token").read_text().strip(),
            "question": json.loads((home / "question.json").read_text()),
            "home": home,
        }
    finally:
        _dougong("down", "--home", str(home))
