"""The server under test: a real one, on an empty home folder, started and stopped by the launcher."""

import contextlib
import json
import os
import pathlib
import subprocess
import tempfile
import uuid

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]


def _dougong(home, *arguments):
    done = subprocess.run(
        [str(ROOT / "dougong"), *arguments, "--home", str(home)],
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@contextlib.contextmanager
def _started():
    """A home folder with a server on it; with DOUGONG_HOME set, the one that runs there."""
    if os.environ.get("DOUGONG_HOME"):
        yield pathlib.Path(os.environ["DOUGONG_HOME"])
        return
    with tempfile.TemporaryDirectory(prefix="dougong-mlflow-") as folder:
        home = pathlib.Path(folder) / "home"
        _dougong(home, "up", "--detach", "--port", "0")
        try:
            yield home
        finally:
            _dougong(home, "down")


@pytest.fixture(scope="session")
def server():
    with _started() as home:
        running = json.loads((home / "server.json").read_text())
        os.environ["MLFLOW_TRACKING_TOKEN"] = (home / "admin.token").read_text().strip()
        os.environ["MLFLOW_HTTP_REQUEST_MAX_RETRIES"] = "1"
        os.environ["GIT_PYTHON_REFRESH"] = "quiet"
        os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"
        os.environ["MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR"] = "false"
        yield {"url": running["url"], "home": home}


@pytest.fixture
def mlflow(server):
    import mlflow as client

    client.set_tracking_uri(server["url"])
    client.set_registry_uri(server["url"])
    yield client
    while client.active_run():
        client.end_run()


@pytest.fixture
def client(mlflow):
    return mlflow.MlflowClient()


@pytest.fixture
def experiment(client):
    return client.create_experiment("test-" + uuid.uuid4().hex)
