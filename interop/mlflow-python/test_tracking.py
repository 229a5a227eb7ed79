"""Experiments, runs, metrics, parameters, tags, search."""

import math
import time

import pytest
from mlflow.entities import Metric, Param, RunTag, ViewType
from mlflow.exceptions import MlflowException


def test_an_experiment_is_made_renamed_deleted_and_restored(client, experiment):
    assert client.get_experiment(experiment).lifecycle_stage == "active"
    client.rename_experiment(experiment, "renamed-" + experiment)
    client.set_experiment_tag(experiment, "team", "credit")
    found = client.get_experiment_by_name("renamed-" + experiment)
    assert found.experiment_id == experiment and found.tags == {"team": "credit"}
    client.delete_experiment(experiment)
    assert client.get_experiment(experiment).lifecycle_stage == "deleted"
    client.restore_experiment(experiment)
    assert client.get_experiment(experiment).lifecycle_stage == "active"
    assert client.get_experiment_by_name("no such experiment") is None


def test_the_same_name_twice_is_refused(client, experiment):
    name = client.get_experiment(experiment).name
    with pytest.raises(MlflowException) as refused:
        client.create_experiment(name)
    assert refused.value.error_code == "RESOURCE_ALREADY_EXISTS"


def test_experiments_are_searched_by_name_and_tag(client):
    for name in ("search-a", "search-b", "other-c"):
        client.create_experiment(name, tags={"kind": name[-1]})
    names = [e.name for e in client.search_experiments(filter_string="name LIKE 'search-%'", order_by=["name DESC"])]
    assert names == ["search-b", "search-a"]
    assert [e.name for e in client.search_experiments(filter_string="tags.kind = 'c'")] == ["other-c"]
    paged = client.search_experiments(max_results=1, filter_string="name LIKE 'search-%'")
    assert len(paged) == 1 and paged.token
    assert len(client.search_experiments(max_results=1, filter_string="name LIKE 'search-%'", page_token=paged.token)) == 1


def test_a_run_keeps_what_is_logged(mlflow, experiment):
    with mlflow.start_run(experiment_id=experiment, run_name="first", tags={"stage": "try"}, description="a note") as run:
        mlflow.log_param("depth", 6)
        mlflow.log_params({"rate": 0.1, "name": "宽"})
        mlflow.log_metric("auc", 0.81, step=1)
        mlflow.log_metrics({"auc": 0.83, "loss": 0.4}, step=2)
        mlflow.set_tags({"note": "x", "empty": ""})
    kept = mlflow.get_run(run.info.run_id)
    assert kept.info.run_name == "first" and kept.info.status == "FINISHED" and kept.info.end_time >= kept.info.start_time
    assert kept.data.params == {"depth": "6", "rate": "0.1", "name": "宽"}
    assert kept.data.metrics == {"auc": 0.83, "loss": 0.4}
    assert kept.data.tags["stage"] == "try" and kept.data.tags["note"] == "x" and kept.data.tags["empty"] == ""
    assert kept.data.tags["mlflow.note.content"] == "a note"


def test_a_param_is_never_changed(client, experiment):
    run = client.create_run(experiment).info.run_id
    client.log_param(run, "depth", 3)
    client.log_param(run, "depth", 3)
    with pytest.raises(MlflowException) as refused:
        client.log_param(run, "depth", 5)
    assert refused.value.error_code == "INVALID_PARAMETER_VALUE"
    assert client.get_run(run).data.params == {"depth": "3"}


def test_a_batch_holds_a_thousand_and_no_more(client, experiment):
    run = client.create_run(experiment).info.run_id
    now = int(time.time() * 1000)
    client.log_batch(run, metrics=[Metric(f"m{i}", i, now, 0) for i in range(800)])
    client.log_batch(run, params=[Param(f"p{i}", str(i)) for i in range(100)], tags=[RunTag(f"t{i}", str(i)) for i in range(100)])
    data = client.get_run(run).data
    assert len(data.metrics) == 800 and len(data.params) == 100
    store = client._tracking_client.store
    with pytest.raises(MlflowException) as refused:
        store.log_batch(run, [Metric(f"x{i}", i, now, 0) for i in range(1001)], [], [])
    assert "1000" in str(refused.value)
    assert "x0" not in client.get_run(run).data.metrics


def test_metric_history_keeps_every_point_and_strange_values(client, experiment):
    run = client.create_run(experiment).info.run_id
    now = int(time.time() * 1000)
    for step in range(20):
        client.log_metric(run, "loss", 1 / (step + 1), timestamp=now + step, step=step)
    client.log_metric(run, "loss", math.nan, step=20, timestamp=now)
    client.log_metric(run, "up", math.inf, step=0, timestamp=now)
    client.log_metric(run, "down", -math.inf, step=0, timestamp=now)
    history = client.get_metric_history(run, "loss")
    assert [m.step for m in history] == list(range(21)) and math.isnan(history[-1].value)
    metrics = client.get_run(run).data.metrics
    assert math.isnan(metrics["loss"]) and metrics["up"] == math.inf and metrics["down"] == -math.inf
    assert client.get_metric_history(run, "no such metric") == []


def test_a_deleted_run_takes_nothing_until_it_is_restored(client, experiment):
    run = client.create_run(experiment).info.run_id
    client.delete_run(run)
    with pytest.raises(MlflowException):
        client.log_metric(run, "m", 1)
    assert client.search_runs([experiment]) == []
    assert [r.info.run_id for r in client.search_runs([experiment], run_view_type=ViewType.DELETED_ONLY)] == [run]
    client.restore_run(run)
    client.log_metric(run, "m", 1)


def test_names_and_tags_of_a_run_change_together(client, experiment):
    run = client.create_run(experiment, run_name="before").info.run_id
    client.update_run(run, name="after", status="KILLED")
    assert client.get_run(run).data.tags["mlflow.runName"] == "after"
    client.set_tag(run, "mlflow.runName", "last")
    assert client.get_run(run).info.run_name == "last"
    assert client.get_run(run).info.status == "KILLED"
    client.set_tag(run, "gone", "1")
    client.delete_tag(run, "gone")
    assert "gone" not in client.get_run(run).data.tags
    with pytest.raises(MlflowException) as refused:
        client.get_run("0" * 32)
    assert refused.value.error_code == "RESOURCE_DOES_NOT_EXIST"


@pytest.fixture
def many(client, experiment):
    runs = []
    for i in range(30):
        run = client.create_run(experiment, start_time=1_700_000_000_000 + i, run_name=f"run-{i}", tags={"kind": "even" if i % 2 == 0 else "odd"})
        metrics = [Metric("auc", i / 30, 1, 0)] + ([Metric("rare key/x", i, 1, 0)] if i % 10 == 0 else [])
        client.log_batch(run.info.run_id, metrics=metrics, params=[Param("depth", str(i % 3))])
        runs.append(run.info.run_id)
    return runs


@pytest.mark.parametrize(
    "where,expected",
    [
        ("", range(30)),
        ("metrics.auc > 0.9", range(28, 30)),
        ("metrics.auc >= 0.5 and params.depth = '1'", range(16, 30, 3)),
        ('tags.kind = "odd" AND metric.auc < 0.2', range(1, 6, 2)),
        ("params.depth != '0'", [i for i in range(30) if i % 3]),
        ("params.depth LIKE '%2'", range(2, 30, 3)),
        ("tag.kind ILIKE 'EV%'", range(0, 30, 2)),
        ("attributes.run_name = 'run-7'", [7]),
        ("run_name LIKE 'run-1_'", range(10, 20)),
        ("attributes.`Run name` = 'run-3'", [3]),
        ("attributes.start_time >= 1700000000025", range(25, 30)),
        ("metrics.\"rare key/x\" >= 10", [10, 20]),
        ("metrics.`rare key/x` = 0", [0]),
        ("attributes.status = 'RUNNING' and metrics.auc = 0", [0]),
        ("tags.nothing = 'x'", []),
        ("tags.nothing IS NULL and run_name = 'run-1'", [1]),
        ("tags.kind IS NOT NULL and metrics.auc > 0.95", [29]),
    ],
)
def test_runs_are_found_by_the_filter(client, experiment, many, where, expected):
    found = client.search_runs([experiment], where, order_by=["attributes.start_time ASC"])
    assert [many.index(r.info.run_id) for r in found] == list(expected)


def test_runs_are_found_by_ids(client, experiment, many):
    found = client.search_runs([experiment], f"attributes.run_id IN ('{many[3]}', '{many[5]}')")
    assert {r.info.run_id for r in found} == {many[3], many[5]}


@pytest.mark.parametrize(
    "order,first",
    [
        ([], [29, 28, 27]),
        (["metrics.auc ASC"], [0, 1, 2]),
        (["metrics.auc DESC"], [29, 28, 27]),
        (["metrics.`rare key/x` DESC"], [20, 10, 0, 29, 28]),
        (["metrics.`rare key/x`"], [0, 10, 20, 29, 28]),
        (["params.depth DESC", "metrics.auc ASC"], [2, 5, 8]),
        (["tags.kind", "attributes.start_time DESC"], [28, 26, 24]),
        (["attributes.start_time DESC"], [29, 28, 27]),
    ],
)
def test_runs_are_sorted(client, experiment, many, order, first):
    found = client.search_runs([experiment], order_by=order)
    assert len(found) == 30
    assert [many.index(r.info.run_id) for r in found][: len(first)] == first


@pytest.mark.parametrize("order", [[], ["metrics.`rare key/x` DESC"], ["params.depth"], ["metrics.auc"]])
def test_pages_show_every_run_once(client, experiment, many, order):
    seen, token = [], None
    while True:
        page = client.search_runs([experiment], max_results=7, order_by=order, page_token=token)
        seen += [r.info.run_id for r in page]
        token = page.token
        if not token:
            break
    assert len(seen) == 30 and set(seen) == set(many)
    assert seen == [r.info.run_id for r in client.search_runs([experiment], order_by=order)]


@pytest.mark.parametrize(
    "where",
    ["metrics.auc >", "auc > 1", "metrics.auc > 'x'", "params.depth = 3", "metrics.auc > 1 OR metrics.auc < 0", "params.depth = 'x", "nothing.x = '1'", "1 = 1"],
)
def test_a_wrong_filter_is_refused(client, experiment, where):
    with pytest.raises(MlflowException) as refused:
        client.search_runs([experiment], where)
    assert refused.value.error_code == "INVALID_PARAMETER_VALUE"


def test_a_page_token_of_another_search_is_refused(client, experiment, many):
    token = client.search_runs([experiment], max_results=7).token
    with pytest.raises(MlflowException):
        client.search_runs([experiment], "metrics.auc > 0", max_results=7, page_token=token)


def test_runs_as_a_data_frame(mlflow, experiment, many):
    frame = mlflow.search_runs([experiment], "params.depth = '1'")
    assert len(frame) == 10 and set(frame["params.depth"]) == {"1"} and frame["metrics.auc"].max() == 28 / 30


def test_data_sets_are_inputs_of_a_run(mlflow, client, experiment):
    import pandas

    frame = pandas.DataFrame({"x": [1.0, 2.0], "y": [0, 1]})
    dataset = mlflow.data.from_pandas(frame, source="file:///data/loans.csv", name="loans", targets="y")
    with mlflow.start_run(experiment_id=experiment) as run:
        mlflow.log_input(dataset, context="training", tags={"origin": "lake"})
    kept = client.get_run(run.info.run_id).inputs.dataset_inputs
    assert len(kept) == 1 and kept[0].dataset.name == "loans" and kept[0].dataset.digest == dataset.digest
    assert {t.key: t.value for t in kept[0].tags}["mlflow.data.context"] == "training"
    assert len(client.search_runs([experiment], "dataset.name = 'loans' AND dataset.context = 'training'")) == 1
    assert client.search_runs([experiment], "dataset.name = 'others'") == []


def test_nested_runs_and_a_failure(mlflow, client, experiment):
    with pytest.raises(ValueError):
        with mlflow.start_run(experiment_id=experiment) as parent:
            with mlflow.start_run(experiment_id=experiment, nested=True) as child:
                mlflow.log_metric("m", 1)
            raise ValueError("broken")
    assert client.get_run(parent.info.run_id).info.status == "FAILED"
    found = client.search_runs([experiment], f"tags.`mlflow.parentRunId` = '{parent.info.run_id}'")
    assert [r.info.run_id for r in found] == [child.info.run_id]
