"""Feast's SDK, unchanged, with its remote online store: Dougong keeps the features, Feast's registry is a local file."""

import datetime

import pytest
import requests
from feast import Entity, FeatureStore, FeatureView, Field, FileSource, RepoConfig, ValueType
from feast.types import Float64


@pytest.fixture(scope="module")
def store(server, tmp_path_factory):
    folder = tmp_path_factory.mktemp("repo")
    store = FeatureStore(
        config=RepoConfig(
            project="shop",
            provider="local",
            registry=str(folder / "registry.db"),
            online_store={"type": "remote", "path": server["feast"]},
            auth={"type": "oidc", "token": server["token"]},
            entity_key_serialization_version=3,
        )
    )
    country = Entity(name="country", join_keys=["country"], value_type=ValueType.STRING)
    view = FeatureView(
        name="country_orders",
        entities=[country],
        ttl=datetime.timedelta(hours=1),
        schema=[Field(name="count_1h", dtype=Float64), Field(name="mean_amount_1h", dtype=Float64)],
        source=FileSource(path=str(folder / "unused.parquet"), timestamp_field="at"),
    )
    store.registry.apply_entity(country, "shop")
    store.registry.apply_feature_view(view, "shop")
    return store


def post(server, call, body):
    answer = requests.post(
        f"{server['feast']}/{call}", json=body, headers={"Authorization": "Bearer " + server["token"]}, timeout=30
    )
    assert answer.status_code == 200, answer.text


@pytest.fixture(scope="module", autouse=True)
def pushed(server):
    post(
        server,
        "push",
        {
            "push_source_name": "orders",
            "to": "online",
            "df": {
                "id": ["1", "2", "3"],
                "at": ["2026-01-01T00:00:00Z", "2026-01-01T00:10:00Z", "2026-01-01T00:20:00Z"],
                "country": ["DE", "DE", "FR"],
                "amount": [10, 30, 5.5],
            },
        },
    )
    post(server, "materialize-incremental", {})


def test_online_features(store):
    answer = store.get_online_features(
        features=["country_orders:count_1h", "country_orders:mean_amount_1h"],
        entity_rows=[{"country": "DE"}, {"country": "FR"}, {"country": "XX"}],
    ).to_dict()
    assert answer["country"] == ["DE", "FR", "XX"]
    assert answer["count_1h"] == [2.0, 1.0, None]
    assert answer["mean_amount_1h"] == [20.0, 5.5, None]


def test_full_names(store):
    answer = store.get_online_features(
        features=["country_orders:count_1h"], entity_rows=[{"country": "DE"}], full_feature_names=True
    ).to_dict()
    assert answer["country_orders__count_1h"] == [2.0]


def test_an_unknown_feature_is_named(store):
    with pytest.raises(Exception, match="cuont_1h"):
        store.get_online_features(features=["country_orders:cuont_1h"], entity_rows=[{"country": "DE"}]).to_dict()


def test_without_a_token_nothing_is_answered(server):
    assert requests.post(server["feast"] + "/get-online-features", json={}, timeout=30).status_code == 401
