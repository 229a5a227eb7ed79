"""The server under test: a real one on an empty home folder, with one stream and one feature view."""

import json
import pathlib
import subprocess

import pytest

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]


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
    home = tmp_path_factory.mktemp("feast") / "home"
    _dougong("up", "--detach", "--port", "0", "--home", str(home))
    try:
        _dougong("apply", str(HERE / "shop.yaml"), "--home", str(home))
        yield {
            "feast": json.loads((home / "server.json").read_text())["url"] + "/feast/shop",
            "token": (home / "admin.token").read_text().strip(),
        }
    finally:
        _dougong("down", "--home", str(home))
