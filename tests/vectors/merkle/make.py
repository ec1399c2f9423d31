#!/usr/bin/env python3
"""Writes inclusion.json and consistency.json beside itself: proofs that hold, and every way we
could think of to break them. Knows nothing of the C++: RFC 6962 is written out below."""
import base64, hashlib, json, os

H = lambda data: hashlib.sha256(data).digest()
b64 = lambda data: base64.b64encode(data).decode()
LEAVES = [H(b"\0" + b"entry %d" % i) for i in range(40)]
EMPTY = H(b"")


def split(n):
    return 1 << (n - 1).bit_length() - 1


def root(d):
    if len(d) < 2:
        return d[0] if d else EMPTY
    return H(b"\1" + root(d[:split(len(d))]) + root(d[split(len(d)):]))


def path(m, d):
    if len(d) < 2:
        return []
    k = split(len(d))
    return path(m, d[:k]) + [root(d[k:])] if m < k else path(m - k, d[k:]) + [root(d[:k])]


def sub(m, d, known):
    if m == len(d):
        return [] if known else [root(d)]
    k = split(len(d))
    if m <= k:
        return sub(m, d[:k], known) + [root(d[k:])]
    return sub(m - k, d[k:], False) + [root(d[:k])]


def flip(data, bit):
    return data[:bit // 8] + bytes([data[bit // 8] ^ 1 << bit % 8]) + data[bit // 8 + 1:]


def broken_proofs(proof, *neighbours):
    yield "extended by a zero hash", proof + [bytes(32)]
    yield "preceded by a zero hash", [bytes(32)] + proof
    for name, value in neighbours:
        yield "extended by " + name, proof + [value]
        yield "preceded by " + name, [value] + proof
    for i, value in enumerate(proof):
        for bit in (0, 7, 128, 255):
            yield f"hash {i}, bit {bit} flipped", proof[:i] + [flip(value, bit)] + proof[i + 1:]
        yield f"hash {i} missing", proof[:i] + proof[i + 1:]
        yield f"hash {i} twice", proof[:i] + [value] + proof[i:]
        yield f"hash {i} of 31 bytes", proof[:i] + [value[:31]] + proof[i + 1:]
        yield f"hash {i} of 33 bytes", proof[:i] + [value + b"\0"] + proof[i + 1:]
    if len(proof) > 1:
        yield "backwards", proof[::-1]
        yield "empty", []


def inclusion():
    for index, size in [(0, 1), (0, 2), (1, 2), (2, 3), (4, 5), (5, 7), (0, 8), (7, 8), (20, 33),
                        (32, 33), (39, 40)]:
        d = LEAVES[:size]
        leaf, top, proof = d[index], root(d), path(index, d)

        def case(why, ok=False, **changed):
            c = dict(index=index, size=size, leaf=leaf, root=top, proof=proof) | changed
            yield dict(why=f"{index} of {size}: {why}", ok=ok, index=c["index"], size=c["size"],
                       leaf=b64(c["leaf"]), root=b64(c["root"]),
                       proof=[b64(p) for p in c["proof"]])

        yield from case("holds", True)
        for why, other in broken_proofs(proof, ("the root", top), ("the leaf", leaf)):
            yield from case(why, proof=other)
        for other in sorted({index - 1, index + 1, index ^ 2, index + size, size, 2**62} - {index}):
            if other >= 0:
                yield from case(f"claimed at {other}", index=other)
        for other in sorted({size * 2, size // 2, 0, index, 2**62} - {size}):
            yield from case(f"claimed in {other}", size=other)
        for why, value in [("bit 0 flipped", flip(leaf, 0)), ("the root", top),
                           ("zero", bytes(32))]:
            if value != leaf:
                yield from case("leaf: " + why, leaf=value)
        for why, value in [("bit 255 flipped", flip(top, 255)), ("of the empty log", EMPTY),
                           ("of 31 bytes", top[:31]), ("one leaf older", root(d[:-1])),
                           ("one leaf newer", root(LEAVES[:size] + [bytes(32)]))]:
            yield from case("root: " + why, root=value)
        if size > 1:
            yield from case("leaf and root swapped", leaf=top, root=leaf)


def consistency():
    for old, size in [(0, 0), (0, 5), (1, 1), (1, 2), (1, 8), (2, 5), (3, 7), (4, 7), (4, 8),
                      (6, 8), (7, 8), (20, 33), (32, 33), (33, 40), (40, 40)]:
        d = LEAVES[:size]
        first, last, proof = root(d[:old]), root(d), sub(old, d, True) if old else []

        def case(why, ok=False, **changed):
            c = dict(old_size=old, size=size, old_root=first, root=last, proof=proof) | changed
            yield dict(why=f"{old} to {size}: {why}", ok=ok, old_size=c["old_size"], size=c["size"],
                       old_root=b64(c["old_root"]), root=b64(c["root"]),
                       proof=[b64(p) for p in c["proof"]])

        yield from case("holds", True)
        for why, other in broken_proofs(proof, ("the old root", first), ("the root", last)):
            yield from case(why, proof=other)
        yield from case("old root: bit 0 flipped", old_root=flip(first, 0))
        if old:  # nothing is known of a log that is only compared with the empty one
            yield from case("root: bit 255 flipped", root=flip(last, 255))
        if old != size:
            yield from case("roots swapped", old_root=last, root=first)
            yield from case("sizes swapped", old_size=size, size=old)
            yield from case("sizes equal", old_size=size)
        for other in sorted({old + 1, old - 1, old * 2, size + 1} - {old}):
            if other >= 0 and (old or other):
                yield from case(f"claimed from {other}", old_size=other)
        if old not in (0, size):
            yield from case("claimed to one less than from", size=old - 1)
            yield from case("claimed to twice the size", size=size * 2)


if __name__ == "__main__":
    here = os.path.dirname(os.path.abspath(__file__))
    for cases in (inclusion, consistency):
        with open(os.path.join(here, cases.__name__ + ".json"), "w") as out:
            out.write("[\n" + ",\n".join(json.dumps(c) for c in cases()) + "\n]\n")
