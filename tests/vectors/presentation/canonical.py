#!/usr/bin/env python3
"""A second reading of docs/presentation.md, for the vectors beside this file: writes the canonical
text and its hash from each vector's "document". With --check it changes nothing and fails if a
vector says otherwise."""
import hashlib
import json
import pathlib
import sys


def rule_lines(rule):
    if rule.get("section"):
        yield ["section", rule["section"]]
    yield ["rule", rule["id"], rule["change"]]
    for tag in ("old", "new"):
        if tag in rule:
            yield [tag, rule[tag]]


def part_lines(part):
    yield ["part", part["policy"], str(part["from"]), str(part["to"]), part["mode"], part["kind"],
           part["manifest"]]
    if "language" in part:
        yield ["band", part["language"], part["style"]]
    yield ["title", part["title"]]
    if "why" in part:
        yield ["why", part["why"]]
    for rule in part["rules"]:
        yield from rule_lines(rule)
    if part["kind"] == "amendment":
        yield ["unchanged", str(part["unchanged"])]
    if "help" in part:
        yield ["help", part["help"]]
    yield ["ask", part["ask"]]


def canonical(document):
    lines = [["assent-presentation/1"], ["band", document["language"], document["style"]]]
    for part in document["parts"]:
        lines += part_lines(part)
    return "".join("\t".join(line) + "\n" for line in lines + [["end"]])


def main():
    wrong = []
    for path in sorted(pathlib.Path(__file__).parent.glob("*.json")):
        vector = json.loads(path.read_text("utf-8"))
        text = canonical(vector["document"])
        said = {"canonical": text, "sha256": hashlib.sha256(text.encode()).hexdigest()}
        if any(vector.get(key) != value for key, value in said.items()):
            wrong.append(path.name)
        if "--check" not in sys.argv:
            vector.update(said)
            path.write_text(json.dumps(vector, indent=1, ensure_ascii=False) + "\n", "utf-8")
    if wrong:
        print("differ:", ", ".join(wrong))
    return 1 if wrong and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
