#!/usr/bin/env python3
"""Writes the list that passphrases are drawn from: plain words that are hard to mistake for another.

Needs Debian's scowl (the words) and festlex-cmu (how they sound):
    tools/words/make_words.py > service/domain/passphrase_words.txt
The list is kept in the repository: a passphrase must not depend on what a build machine has installed.
"""
import re
import sys
from collections import defaultdict
from pathlib import Path

SCOWL = Path("/usr/share/dict/scowl")
SOUNDS = Path("/usr/share/festival/dicts/cmu/cmudict-0.4.out")
REFUSED = Path(__file__).with_name("refused.txt")
PLAIN = (10, 20, 35, 40)  # SCOWL's sizes: what nearly everybody knows
KNOWN = (*PLAIN, 50, 55, 60, 70)  # words that somebody may take a plain one for
NOTICE = """\
# Passphrases and account names are drawn from these: plain words, none rude, none that sounds like
# another, begins another or is one slip away from another. tools/words/make_words.py made the list of
# SCOWL's, and its licence asks for this:
#   Copyright 2000-2011 by Kevin Atkinson. Permission to use, copy, modify, distribute and sell these
#   word lists, the associated scripts, the output created from the scripts, and its documentation for
#   any purpose is hereby granted without fee, provided that the above copyright notice appears in all
#   copies and that both that copyright notice and this permission notice appear in supporting
#   documentation. Kevin Atkinson makes no representations about the suitability of this array for any
#   purpose. It is provided "as is" without express or implied warranty.
"""
ENDINGS = {"s": [""], "es": ["", "e"], "ies": ["y"], "ed": ["", "e"], "ied": ["y"], "ing": ["", "e"],
           "er": ["", "e", "y"], "ier": ["y"], "est": ["", "e"], "iest": ["y"], "ly": ["", "le", "e"],
           "ily": ["y"], "ness": [""], "iness": ["y"], "able": ["", "e"]}


def read(*, kinds, sizes):
    """Word to the smallest size that has it."""
    found = {}
    for size in sizes:
        for kind in kinds:
            for word in (SCOWL / f"{kind}.{size}").read_text("latin-1").split():
                found.setdefault(word, size)
    return found


def sound_alikes(known):
    by_sound = defaultdict(set)
    for line in SOUNDS.read_text("latin-1").splitlines():
        if entry := re.match(r'\("([a-z]+)(?:\(\d+\))?" \S+ \((.*)\)', line):
            by_sound[re.sub(r"[()\d ]+", " ", entry[2])].add(entry[1])
    groups = (words & known.keys() for words in by_sound.values())
    return {word for group in groups if len(group) > 1 for word in group}


def is_inflected(word, known):
    """True for "walks" and "walked" beside "walk": forms of one word are easily mixed up."""
    for ending, stems in ENDINGS.items():
        stem = word.removesuffix(ending)
        if stem == word or len(stem) < 2:
            continue
        doubled = len(stem) > 3 and stem[-1] == stem[-2] and stem[:-1] in known
        if doubled or any(len(stem + end) > 2 and stem + end in known for end in stems):
            return True
    return False


def is_refused(word, entries):
    return any(entry[1:] in word if entry[0] == "*" else
               entry[1:] == word if entry[0] == "=" else word.startswith(entry) for entry in entries)


class Kept:
    """Words of which none begins another and none is one slip away from another."""

    def __init__(self):
        self.words, self.beginnings, self.slips, self.shorter = set(), set(), set(), set()

    @staticmethod
    def slips_of(word):
        """What is left of it without one letter, and where: two words share one if a letter differs."""
        return {(word[:i], word[i + 1:]) for i in range(len(word))}

    def add(self, word):
        slips = self.slips_of(word)
        shorter = {"".join(slip) for slip in slips}
        if word in self.beginnings or any(word[:i] in self.words for i in range(1, len(word))):
            return
        if slips & self.slips or shorter & self.words or word in self.shorter:
            return
        self.words.add(word)
        self.beginnings |= {word[:i] for i in range(1, len(word))}
        self.slips |= slips
        self.shorter |= shorter


def main():
    plain = read(kinds=["english-words"], sizes=PLAIN)
    known = read(kinds=["english-words", "british-words", "american-words"], sizes=KNOWN)
    names = {word.lower() for word in read(kinds=["english-upper", "english-proper-names"],
                                          sizes=(35, 50))}
    entries = [line for line in REFUSED.read_text().splitlines() if line and line[0] != "#"]
    unclear = sound_alikes(known) | names
    kept = Kept()
    for word in sorted(plain, key=lambda word: (-len(word), plain[word], word)):
        if (re.fullmatch("[a-z]{3,8}", word) and word not in unclear
                and not is_inflected(word, known) and not is_refused(word, entries)):
            kept.add(word)
    sys.stdout.write(NOTICE + "".join(f"{word}\n" for word in sorted(kept.words)))


if __name__ == "__main__":
    main()
