"""KServe's inference client, unchanged, over HTTP."""

import asyncio

from kserve import InferInput, InferRequest, InferenceRESTClient, RESTConfig

MODEL = "penguins__logistic"


def run(server, work):
    """Does the work with a client in an event loop of its own."""

    async def inside():
        client = InferenceRESTClient(RESTConfig(protocol="v2"))
        try:
            return await work(client, server["url"], {"Authorization": "Bearer " + server["token"]})
        finally:
            await client.close()

    return asyncio.run(inside())


def test_health(server):
    async def work(client, url, headers):
        return (
            await client.is_server_live(url, headers=headers),
            await client.is_server_ready(url, headers=headers),
            await client.is_model_ready(url, MODEL, headers=headers),
        )

    assert run(server, work) == (True, True, True)


def test_infer(server):
    import httpx

    metadata = httpx.get(
        f"{server['url']}/v2/models/{MODEL}", headers={"Authorization": "Bearer " + server["token"]}
    ).json()
    inputs = []
    for port in metadata["inputs"]:
        value = server["question"].get(port["name"])
        empty = "" if port["datatype"] == "BYTES" else None
        inputs.append(
            InferInput(
                name=port["name"],
                shape=[2],
                datatype=port["datatype"],
                data=[empty if value is None else value] * 2,
            )
        )
    request = InferRequest(model_name=MODEL, infer_inputs=inputs, request_id="k1")

    async def work(client, url, headers):
        return await client.infer(url, request, headers=headers, model_name=MODEL)

    answer = run(server, work)
    assert answer.id == "k1"
    assert answer.model_name == MODEL
    outputs = {output.name: output for output in answer.outputs}
    assert outputs["probabilities"].shape == [2, 3]
    assert abs(sum(outputs["probabilities"].data[:3]) - 1) < 1e-12
    assert outputs["class"].data[0] == outputs["class"].data[1]
