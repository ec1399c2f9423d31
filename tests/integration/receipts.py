"""What the tests ask of receipts and checkpoints: verified by tests/support/verify_receipt.py,
which shares no code with the product, and consistency of two checkpoints (docs/ledger.md)."""

import base64
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import verify_receipt  # noqa: E402


def verified(key, receipt):
    """The record of a receipt that verifies; `receipt` has the members record and proof."""
    index, size = verify_receipt.verify(key.strip(), receipt["proof"].encode(),
                                        receipt["record"].encode())
    assert index < size
    record = json.loads(receipt["record"])
    for item in record.get("items", ()):
        assert item["idx"] < index, "answered before it was published"
    return record


def checkpoint_of(key, note):
    """Size and root of a signed note."""
    text = note.decode() if isinstance(note, bytes) else note
    return verify_receipt.open_note(text, key.strip())


def is_consistent(old, new, proof):
    """RFC 9162 section 2.1.4.2: `old` and `new` are (size, root), `proof` base64 texts."""
    (first, first_root), (second, second_root) = old, new
    path = [base64.b64decode(text, validate=True) for text in proof]
    if first == second:
        return not path and first_root == second_root
    if first == 0 or first > second or not path:
        return first == 0 and not path
    if first & (first - 1) == 0:
        path.insert(0, first_root)
    fn, sn = first - 1, second - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    fr = sr = path[0]
    for hash_ in path[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            fr = verify_receipt.sha256(b"\1" + hash_ + fr)
            sr = verify_receipt.sha256(b"\1" + hash_ + sr)
            while fn and not fn & 1:
                fn, sn = fn >> 1, sn >> 1
        else:
            sr = verify_receipt.sha256(b"\1" + sr + hash_)
        fn, sn = fn >> 1, sn >> 1
    return fr == first_root and sr == second_root and sn == 0
