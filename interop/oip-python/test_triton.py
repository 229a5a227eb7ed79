"""NVIDIA's client for Triton, unchanged, over HTTP: JSON and binary tensors."""

import numpy as np
import pytest
import tritonclient.http as triton
from tritonclient.utils import InferenceServerException

MODEL = "penguins__boosted"


@pytest.fixture(scope="module")
def client(server):
    return triton.InferenceServerClient(server["url"].removeprefix("http://"))


@pytest.fixture
def headers(server):
    """New ones for each test: the client writes into what it is given."""
    return {"Authorization": "Bearer " + server["token"]}


def tensors(client, headers, server, rows, binary):
    """One tensor per input that the model's metadata names, all rows alike."""
    made = []
    for port in client.get_model_metadata(MODEL, headers=headers)["inputs"]:
        value = server["question"].get(port["name"])
        if port["datatype"] == "BYTES":
            data = np.array([(value or "").encode()] * rows, dtype=np.object_)
        else:
            data = np.full(rows, np.nan if value is None else value, dtype=np.float64)
        tensor = triton.InferInput(port["name"], [rows], port["datatype"])
        tensor.set_data_from_numpy(data, binary_data=binary)
        made.append(tensor)
    return made


def test_health_needs_no_token(client):
    assert client.is_server_live()
    assert client.is_server_ready()


def test_without_a_token_no_model_answers(client):
    with pytest.raises(InferenceServerException):
        client.get_model_metadata(MODEL)


def test_metadata(client, headers):
    assert client.get_server_metadata(headers=headers)["name"] == "dougong"
    metadata = client.get_model_metadata(MODEL, headers=headers)
    assert metadata["versions"] == ["1"]
    assert {port["name"] for port in metadata["outputs"]} == {"probabilities", "class"}
    assert client.is_model_ready(MODEL, headers=headers)
    assert not client.is_model_ready("no-such-model", headers=headers)


@pytest.mark.parametrize("binary", [True, False])
def test_probabilities_sum_to_one_and_name_the_class(client, headers, server, binary):
    answer = client.infer(
        MODEL,
        tensors(client, headers, server, 3, binary),
        outputs=[
            triton.InferRequestedOutput("probabilities", binary_data=binary),
            triton.InferRequestedOutput("class", binary_data=binary),
        ],
        request_id="abc",
        headers=headers,
    )
    probabilities = answer.as_numpy("probabilities")
    assert probabilities.shape == (3, 3)
    np.testing.assert_allclose(probabilities.sum(axis=1), 1, atol=1e-12)
    assert len(set(answer.as_numpy("class").tolist())) == 1
    assert answer.get_response()["id"] == "abc"


def test_binary_and_json_give_the_same_bits(client, headers, server):
    wanted = [triton.InferRequestedOutput("probabilities", binary_data=True)]
    answers = [
        client.infer(MODEL, tensors(client, headers, server, 5, binary), outputs=wanted, headers=dict(headers)).as_numpy(
            "probabilities"
        )
        for binary in (True, False)
    ]
    assert answers[0].tobytes() == answers[1].tobytes()


def test_a_wrong_input_is_named(client, headers):
    tensor = triton.InferInput("bill_lenght_mm", [1], "FP64")
    tensor.set_data_from_numpy(np.array([1.0]))
    with pytest.raises(InferenceServerException, match="bill_lenght_mm"):
        client.infer(MODEL, [tensor], headers=headers)


def test_unload_and_load(client, headers):
    client.unload_model(MODEL, headers=headers)
    assert not client.is_model_ready(MODEL, headers=headers)
    states = {model["name"]: model["state"] for model in client.get_model_repository_index(headers=headers)}
    assert states[MODEL] == "UNAVAILABLE"
    client.load_model(MODEL, headers=headers)
    assert client.is_model_ready(MODEL, headers=headers)
