"""Files: logged, listed, loaded, deleted; large ones in parts; none outside the store."""

import hashlib
import os
import urllib.error
import urllib.parse
import urllib.request

import pytest
from mlflow.exceptions import MlflowException


def call(server, method, path, body=None, headers=None):
    request = urllib.request.Request(server["url"] + path, data=body, method=method)
    request.add_header("Authorization", "Bearer " + os.environ["MLFLOW_TRACKING_TOKEN"])
    for name, value in (headers or {}).items():
        request.add_header(name, value)
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read()


def test_files_are_logged_listed_and_loaded(mlflow, client, experiment, tmp_path):
    (tmp_path / "a b.txt").write_text("hello")
    (tmp_path / "deep" / "er").mkdir(parents=True)
    (tmp_path / "deep" / "er" / "模型.json").write_text("{}")
    (tmp_path / "empty").write_bytes(b"")
    with mlflow.start_run(experiment_id=experiment) as run:
        mlflow.log_artifacts(str(tmp_path), "files")
        mlflow.log_text("note", "notes/one.txt")
        mlflow.log_dict({"k": 1}, "conf.json")
    run_id = run.info.run_id
    assert [f.path for f in client.list_artifacts(run_id)] == ["conf.json", "files", "notes"]
    inside = {f.path: (f.is_dir, f.file_size) for f in client.list_artifacts(run_id, "files")}
    assert inside == {"files/a b.txt": (False, 5), "files/deep": (True, None), "files/empty": (False, 0)}
    assert mlflow.artifacts.load_text(f"runs:/{run_id}/notes/one.txt") == "note"
    assert mlflow.artifacts.load_dict(f"runs:/{run_id}/conf.json") == {"k": 1}
    local = mlflow.artifacts.download_artifacts(run_id=run_id, artifact_path="files", dst_path=str(tmp_path / "back"))
    assert open(os.path.join(local, "deep", "er", "模型.json")).read() == "{}"
    assert os.path.getsize(os.path.join(local, "empty")) == 0


def test_a_file_logged_again_is_replaced(mlflow, experiment):
    with mlflow.start_run(experiment_id=experiment) as run:
        mlflow.log_text("first", "x.txt")
        mlflow.log_text("second", "x.txt")
    assert mlflow.artifacts.load_text(f"runs:/{run.info.run_id}/x.txt") == "second"


def test_a_large_file_goes_up_and_comes_back_in_parts(mlflow, experiment, tmp_path, monkeypatch):
    monkeypatch.setenv("MLFLOW_MULTIPART_UPLOAD_MINIMUM_FILE_SIZE", str(8 * 1024 * 1024))
    monkeypatch.setenv("MLFLOW_MULTIPART_UPLOAD_CHUNK_SIZE", str(5 * 1024 * 1024))
    monkeypatch.setenv("MLFLOW_MULTIPART_DOWNLOAD_CHUNK_SIZE", str(5 * 1024 * 1024))
    large = tmp_path / "large.bin"
    block = hashlib.sha256(b"x").digest() * 32768
    with open(large, "wb") as out:
        for i in range(33):
            out.write(bytes([i]) + block)
    with mlflow.start_run(experiment_id=experiment) as run:
        mlflow.log_artifact(str(large), "big")
    back = mlflow.artifacts.download_artifacts(run_id=run.info.run_id, artifact_path="big/large.bin", dst_path=str(tmp_path / "back"))
    assert hashlib.sha256(open(back, "rb").read()).digest() == hashlib.sha256(large.read_bytes()).digest()


def test_a_large_file_goes_up_in_one_stream(mlflow, experiment, tmp_path):
    large = tmp_path / "stream.bin"
    large.write_bytes(os.urandom(1024 * 1024) * 64)
    with mlflow.start_run(experiment_id=experiment) as run:
        mlflow.log_artifact(str(large))
    back = mlflow.artifacts.download_artifacts(run_id=run.info.run_id, artifact_path="stream.bin", dst_path=str(tmp_path / "back"))
    assert open(back, "rb").read() == large.read_bytes()


def test_a_range_is_served(server, mlflow, experiment):
    with mlflow.start_run(experiment_id=experiment) as run:
        mlflow.log_text("0123456789", "digits.txt")
    path = "/api/2.0/mlflow-artifacts/artifacts/" + run.info.artifact_uri.split(":/", 1)[1] + "/digits.txt"
    assert call(server, "GET", path, headers={"Range": "bytes=2-4"}) == (206, b"234")
    assert call(server, "GET", path, headers={"Range": "bytes=7-"}) == (206, b"789")
    assert call(server, "GET", path, headers={"Range": "bytes=-2"}) == (206, b"89")
    assert call(server, "GET", path) == (200, b"0123456789")


@pytest.mark.parametrize("path", ["../../secret", "a/../../../../b", "..%2f..%2fsecret", "a/%2e%2e/%2e%2e/b", "a%5C..%5Cb", "x%00y", "C:%5Cx", "a%2F..%2F..%2Fb"])
def test_a_path_out_of_the_store_is_refused(server, path):
    for method, body in (("GET", None), ("PUT", b"bad"), ("DELETE", None)):
        status, _ = call(server, method, "/api/2.0/mlflow-artifacts/artifacts/" + path, body)
        assert status in (400, 404, 405, 501), (method, path, status)


def test_every_file_is_in_the_store(server):
    for path in ("//etc/passwd", "a//b", "a/./b", "%252e%252e/x/.."):
        call(server, "PUT", "/api/2.0/mlflow-artifacts/artifacts/" + path, b"bad")
    store = server["home"] / "tracking" / "artifacts"
    for file in server["home"].rglob("*"):
        if file.is_file() and file.stat().st_size == 3 and file.read_bytes() == b"bad":
            assert store in file.parents, file


def test_artifacts_are_deleted(client, mlflow, experiment):
    from mlflow.store.artifact.artifact_repository_registry import get_artifact_repository

    with mlflow.start_run(experiment_id=experiment) as run:
        mlflow.log_text("x", "d/x.txt")
    get_artifact_repository(run.info.artifact_uri).delete_artifacts("d")
    assert client.list_artifacts(run.info.run_id) == []


def test_without_a_token_nothing_is_served(server, mlflow, experiment, monkeypatch):
    monkeypatch.setenv("MLFLOW_TRACKING_TOKEN", "wrong")
    with pytest.raises(MlflowException):
        mlflow.MlflowClient().get_experiment(experiment)


def test_the_token_may_be_the_password(mlflow, experiment, monkeypatch):
    token = os.environ["MLFLOW_TRACKING_TOKEN"]
    monkeypatch.delenv("MLFLOW_TRACKING_TOKEN")
    monkeypatch.setenv("MLFLOW_TRACKING_USERNAME", "anyone")
    monkeypatch.setenv("MLFLOW_TRACKING_PASSWORD", token)
    assert mlflow.MlflowClient().get_experiment(experiment).experiment_id == experiment
