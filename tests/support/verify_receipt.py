#!/usr/bin/env python3
"""Verifies a receipt from docs/ledger.md alone, sharing no code with Assent: Python's standard
library, and the openssl program for Ed25519.  verify_receipt.py VERIFIER_KEY PROOF RECORD"""
import base64, hashlib, pathlib, re, subprocess, sys, tempfile


class Refused(Exception):
    pass


def need(condition, why):
    if not condition:
        raise Refused(why)


def unbase64(text, length):
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError as bad:
        raise Refused(bad) from None
    need(base64.b64encode(data).decode() == text and len(data) == length, "bad base64 or length")
    return data


def number(text):
    need(re.fullmatch(r"0|[1-9][0-9]{0,18}", text, re.A), "bad number")
    return int(text)


sha256 = lambda data: hashlib.sha256(data).digest()


def ed25519(public, message, signature):
    with tempfile.TemporaryDirectory() as folder:
        der = bytes.fromhex("302a300506032b6570032100") + public
        for name, data in (("key", der), ("in", message), ("sig", signature)):
            pathlib.Path(folder, name).write_bytes(data)
        call = "openssl pkeyutl -verify -pubin -keyform DER -inkey key -rawin -sigfile sig -in in"
        return not subprocess.run(call.split(), cwd=folder, capture_output=True).returncode


def open_note(note, vkey):
    name, key_id, key = vkey.split("+", 2)
    typed = unbase64(key, 33)  # 0x01, then the key
    need(typed[0] == 1 and sha256(name.encode() + b"\n" + typed)[:4].hex() == key_id, "bad key")
    text, blank, signatures = note.rpartition("\n\n")
    need(blank and signatures.endswith("\n"), "bad note")
    text, good = text + "\n", False
    for line in signatures[:-1].split("\n"):
        match = re.fullmatch("— ([^ +]+) ([A-Za-z0-9+/]+=*)", line)
        need(match, "bad signature line")
        data = base64.b64decode(match[2])
        if match[1] == name and data[:4].hex() == key_id:
            need(len(data) == 68 and ed25519(typed[1:], text.encode(), data[4:]), "bad signature")
            good = True
    origin, size, root = text.split("\n")[:3]
    need(good and origin == name, "not this log, or not signed by its key")
    return number(size), unbase64(root, 32)


def root_of(leaf, index, size, proof):  # RFC 6962 section 2.1.1, from the top down
    need(index < size and bool(proof) == (size > 1), "index or length of the proof is wrong")
    if size == 1:
        return leaf
    k = 1 << (size - 1).bit_length() - 1
    if index < k:
        return sha256(b"\1" + root_of(leaf, index, k, proof[:-1]) + proof[-1])
    return sha256(b"\1" + proof[-1] + root_of(leaf, index - k, size - k, proof[:-1]))


def verify(vkey, proof, record):
    head, blank, note = proof.decode().partition("\n\n")
    lines = head.split("\n")
    need(blank and len(lines) > 2 and lines[0] == "c2sp.org/tlog-proof@v1", "no tlog-proof")
    need(lines[1].startswith("extra ") and lines[2].startswith("index "), "bad proof lines")
    salt, index = unbase64(lines[1][6:], 32), number(lines[2][6:])
    size, root = open_note(note, vkey)
    leaf = sha256(b"\0\1" + sha256(b"assent/record/v1\0" + salt + record))
    hashes = [unbase64(line, 32) for line in lines[3:]]
    need(root_of(leaf, index, size, hashes) == root, "not in the signed log")
    return index, size


if __name__ == "__main__":
    try:
        proof, record = (pathlib.Path(name).read_bytes() for name in sys.argv[2:4])
        print("record %d of %d is in the log" % verify(sys.argv[1], proof, record))
    except (Refused, ValueError) as why:
        sys.exit(f"refused: {why}")
