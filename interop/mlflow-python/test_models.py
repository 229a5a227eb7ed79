"""Registry, aliases, stages, logged models, autologging, loading what was logged."""

import json
import os
import urllib.error
import urllib.request
import uuid

import numpy
import pytest
from mlflow.exceptions import MlflowException


@pytest.fixture
def name():
    return "model-" + uuid.uuid4().hex[:8]


@pytest.fixture
def run(client, experiment):
    return client.create_run(experiment)


def test_models_are_registered_described_and_deleted(client, name):
    client.create_registered_model(name, tags={"team": "credit"}, description="first")
    with pytest.raises(MlflowException) as refused:
        client.create_registered_model(name)
    assert refused.value.error_code == "RESOURCE_ALREADY_EXISTS"
    client.update_registered_model(name, description="second")
    client.set_registered_model_tag(name, "k", "v")
    client.delete_registered_model_tag(name, "team")
    kept = client.get_registered_model(name)
    assert kept.description == "second" and kept.tags == {"k": "v"}
    client.rename_registered_model(name, name + "-new")
    client.delete_registered_model(name + "-new")
    with pytest.raises(MlflowException) as refused:
        client.get_registered_model(name)
    assert refused.value.error_code == "RESOURCE_DOES_NOT_EXIST"


def test_versions_aliases_tags_and_stages(client, name, run):
    client.create_registered_model(name)
    source = run.info.artifact_uri + "/model"
    first = client.create_model_version(name, source, run.info.run_id, tags={"a": "1"}, description="one")
    second = client.create_model_version(name, source, run.info.run_id)
    assert (first.version, second.version) == ("1", "2") or (first.version, second.version) == (1, 2)
    assert client.get_model_version_download_uri(name, "1") == source
    client.set_registered_model_alias(name, "champion", "1")
    assert client.get_model_version_by_alias(name, "champion").version == first.version
    client.set_registered_model_alias(name, "champion", "2")
    assert client.get_model_version(name, "2").aliases == ["champion"]
    assert client.get_registered_model(name).aliases == {"champion": second.version}
    client.delete_registered_model_alias(name, "champion")
    with pytest.raises(MlflowException):
        client.get_model_version_by_alias(name, "champion")
    with pytest.raises(MlflowException):
        client.set_registered_model_alias(name, "latest", "1")
    client.set_model_version_tag(name, "1", "b", "2")
    client.delete_model_version_tag(name, "1", "a")
    client.update_model_version(name, "1", "uno")
    kept = client.get_model_version(name, "1")
    assert kept.tags == {"b": "2"} and kept.description == "uno" and kept.status == "READY"
    client.transition_model_version_stage(name, "1", "Production")
    client.transition_model_version_stage(name, "2", "Production", archive_existing_versions=True)
    assert client.get_model_version(name, "1").current_stage == "Archived"
    latest = {v.current_stage: str(v.version) for v in client.get_latest_versions(name)}
    assert latest == {"Archived": "1", "Production": "2"}
    client.delete_model_version(name, "2")
    assert [str(v.version) for v in client.search_model_versions(f"name = '{name}'")] == ["1"]
    third = client.create_model_version(name, source)
    assert str(third.version) == "3"


def test_the_registry_is_searched_and_paged(client):
    prefix = "find" + uuid.uuid4().hex[:6]
    for i in range(5):
        client.create_registered_model(f"{prefix}-{i}", tags={"parity": str(i % 2)})
    found = client.search_registered_models(f"name LIKE '{prefix}%' and tags.parity = '0'")
    assert [m.name for m in found] == [f"{prefix}-{i}" for i in (0, 2, 4)]
    page = client.search_registered_models(f"name ILIKE '{prefix.upper()}%'", max_results=2, order_by=["name DESC"])
    assert [m.name for m in page] == [f"{prefix}-4", f"{prefix}-3"]
    rest = client.search_registered_models(
        f"name ILIKE '{prefix.upper()}%'", max_results=10, order_by=["name DESC"], page_token=page.token
    )
    assert [m.name for m in rest] == [f"{prefix}-{i}" for i in (2, 1, 0)]


def test_autologging_logs_and_what_was_logged_is_loaded(mlflow, client, experiment, name):
    from sklearn.datasets import make_classification
    from sklearn.linear_model import LogisticRegression

    features, labels = make_classification(200, 6, random_state=7)
    mlflow.set_experiment(experiment_id=experiment)
    mlflow.sklearn.autolog(log_input_examples=True, silent=True)
    try:
        with mlflow.start_run() as run:
            model = LogisticRegression(C=0.5, max_iter=500).fit(features, labels)
            model.score(features, labels)
    finally:
        mlflow.sklearn.autolog(disable=True)
    kept = client.get_run(run.info.run_id)
    assert kept.data.params["C"] == "0.5" and kept.data.params["max_iter"] == "500"
    assert 0.5 < kept.data.metrics["training_accuracy_score"] <= 1
    assert kept.inputs.dataset_inputs
    assert len(kept.outputs.model_outputs) == 1
    logged = client.get_logged_model(kept.outputs.model_outputs[0].model_id)
    assert logged.source_run_id == run.info.run_id and str(logged.status) == "READY"
    assert logged.params["C"] == "0.5"
    for uri in (f"models:/{logged.model_id}", f"runs:/{run.info.run_id}/model"):
        loaded = mlflow.pyfunc.load_model(uri)
        numpy.testing.assert_array_equal(loaded.predict(features), model.predict(features))
    version = mlflow.register_model(f"models:/{logged.model_id}", name)
    client.set_registered_model_alias(name, "champion", version.version)
    again = mlflow.sklearn.load_model(f"models:/{name}@champion")
    numpy.testing.assert_array_equal(again.predict_proba(features), model.predict_proba(features))
    assert client.get_model_version(name, version.version).source == f"models:/{logged.model_id}"


def test_logged_models_are_searched(mlflow, client, experiment):
    with mlflow.start_run(experiment_id=experiment):
        models = [
            mlflow.initialize_logged_model(name=f"net-{i}", model_type="agent", params={"depth": str(i)}, tags={"n": str(i)}, experiment_id=experiment)
            for i in range(3)
        ]
        for i, model in enumerate(models):
            mlflow.log_metric("f1", i / 10, model_id=model.model_id)
            mlflow.finalize_logged_model(model.model_id, "READY")
    client.set_logged_model_tags(models[0].model_id, {"extra": "yes"})
    client.delete_logged_model_tag(models[0].model_id, "n")
    assert client.get_logged_model(models[0].model_id).tags["extra"] == "yes"
    found = client.search_logged_models([experiment], filter_string="params.depth = '2'")
    assert [m.name for m in found] == ["net-2"]
    ordered = client.search_logged_models([experiment], order_by=[{"field_name": "metrics.f1", "ascending": False}])
    assert [m.name for m in ordered] == ["net-2", "net-1", "net-0"]
    assert ordered[0].metrics[0].value == 0.2
    client.delete_logged_model(models[0].model_id)
    assert len(client.search_logged_models([experiment])) == 2


def test_what_is_not_covered_says_so(server):
    request = urllib.request.Request(server["url"] + "/api/3.0/mlflow/traces/search", data=b"{}", method="POST")
    request.add_header("Authorization", "Bearer " + os.environ["MLFLOW_TRACKING_TOKEN"])
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request)
    assert refused.value.code == 501
    assert "mlflow-coverage" in json.loads(refused.value.read())["message"]
