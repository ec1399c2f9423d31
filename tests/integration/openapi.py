"""docs/openapi.yaml as a judge of real requests and replies: what the service took must be what the
page says that it takes, and every reply one that the page promises for that route. The http_client
asks it about each call, so that every integration test holds the page to the service."""

import json
import pathlib
import re
import threading

import yaml
from jsonschema import Draft202012Validator, RefResolver

SOURCE = pathlib.Path(__file__).resolve().parents[2]
PAGE = yaml.safe_load((SOURCE / "docs/openapi.yaml").read_text())
OPERATIONS = {(method.upper(), path): spec for path, methods in PAGE["paths"].items()
              for method, spec in methods.items()}
TAKEN = set()  # the operations that answered 200 so far
UNKNOWN = {"urn:assent:not-found", "urn:assent:method", "urn:assent:request"}

_resolver = RefResolver.from_schema(PAGE)
_lock = threading.Lock()  # the resolver keeps a stack


def resolved(node):
    """What a $ref stands for, with the members that stand beside it."""
    if "$ref" not in node:
        return node
    rest = {key: value for key, value in node.items() if key != "$ref"}
    return {**resolved(_resolver.resolve(node["$ref"])[1]), **rest}


def faults(schema, value):
    """Where `value` is not what the schema says; empty when it is."""
    with _lock:
        return [f"{list(error.path)}: {error.message[:200]}"
                for error in Draft202012Validator(schema, resolver=_resolver).iter_errors(value)]


def operation_of(method, path):
    """The operation's key; plain text is preferred to a {name}, as by the service's router."""
    fits = [key for key in OPERATIONS if key[0] == method
            and re.fullmatch(re.sub(r"\{[a-z]+\}", "[^/]+", key[1]), path)]
    return min(fits, key=lambda key: key[1].count("{")) if fits else None


def body_of(operation):
    """Media type, schema and example of its request body; nothing where it has none."""
    if "requestBody" not in OPERATIONS[operation]:
        return None, {}, None
    [(kind, content)] = resolved(OPERATIONS[operation]["requestBody"])["content"].items()
    return kind, content["schema"], content.get("example")


def judge(method, path, body, reply):
    """Fails the test unless the page describes this reply and, if it was taken, this request."""
    operation = operation_of(method, path)
    if operation is None:
        assert reply.json()["type"] in UNKNOWN, f"{method} {path} is not described: {reply}"
        return
    responses = OPERATIONS[operation]["responses"]
    promised = resolved(responses.get(str(reply.status), responses["default"]))
    kind = reply.kind.split(";")[0]
    assert kind in promised["content"], f"{operation} does not answer so: {reply}"
    said = reply.body.decode() if kind == "text/plain" else reply.json()
    wrong = faults(promised["content"][kind]["schema"], said)
    assert not wrong, f"{operation} does not answer so: {wrong}: {reply}"
    if reply.status != 200:
        return
    TAKEN.add(operation)
    kind, schema, _ = body_of(operation)
    if schema:
        wrong = faults(schema, json.loads(body) if kind == "application/json" else body.decode())
        assert not wrong, f"{operation} is not said to take this: {wrong}"
