"""Printed slips as others see them: what a reader finds in the PDF and what a phone's camera finds
on the paper. The service, assentctl, poppler and zbar are the real ones."""

import csv
import os
import re
import stat
import subprocess
import unicodedata

import pytest

from service_fixture import World, assentctl, run_service

WIFI = 'Guest; "Net"\\ 1:2,3'
PORTAL = "https://assent.test/portal/kingsmead"
NAMES = ("Zażółć Wiśniewska", "محمد الخطيب", "রহিমা খাতুন", "Dr A. Okafor")


@pytest.fixture(scope="module")
def reception(tmp_path_factory):
    """Kingsmead with a network whose name needs every escape, and a portal."""
    literal = WIFI.replace("\\", "\\\\").replace('"', '\\"')
    for service in run_service(tmp_path_factory.mktemp("slips"), schools=("kingsmead",),
                               edit=lambda _, toml: toml.replace("Kingsmead-Guest", literal)):
        yield World(service.fill())


def made(reception, *words):
    done = assentctl(reception, *words)
    assert done.returncode == 0, done.stderr
    return done.stdout


def issued(reception, folder, name, *more):
    """A new guest's slip, and the row of a mail merge that holds the same secrets."""
    pdf, merge = folder / "slip.pdf", folder / "merge.csv"
    said = made(reception, "guest", "issue", "visitor", name, "--host", "kgreen", "--why",
                "science week", "--for", "2h", "--slips", pdf, "--csv", merge, *more)
    rows = list(csv.DictReader(merge.open(newline="")))
    for row in rows:
        assert row["passphrase"] not in said and row["voucher"] not in said
    return pdf, rows


def words_of(pdf):
    """The text of a PDF in the order in which it is read aloud."""
    return subprocess.run(["pdftotext", "-raw", pdf, "-"], check=True, capture_output=True,
                          text=True).stdout


def seen_by_a_phone(pdf, folder):
    """What is in the codes of a sheet that was printed at 200 dots per inch, each once."""
    subprocess.run(["pdftoppm", "-r", "200", "-png", pdf, folder / "sheet"], check=True)
    found = set()
    for sheet in sorted(folder.glob("sheet*.png")):
        read = subprocess.run(["zbarimg", "--quiet", "--raw", "--nodbus", sheet], check=True,
                              capture_output=True, text=True)
        found |= set(read.stdout.splitlines())
    return found


def letters(text):
    """Without what says the direction, and without the line ends a reader puts between letters."""
    return "".join(c for c in text if unicodedata.category(c) not in ("Cf", "Zs", "Cc"))


def test_a_slip_says_everything_in_order(reception, tmp_path):
    pdf, [row] = issued(reception, tmp_path, "Dr A. Okafor")
    text, at = "".join(words_of(pdf).split()), 0  # a long address goes on in the next line
    for said in ("Kingsmead School", "Visitor", "Dr A. Okafor", row["until"], row["host"],
                 "1 Join the Wi-Fi " + WIFI, "2 Open assent.test/portal/kingsmead", "3 Type your code",
                 row["voucher"], row["account"], row["passphrase"],
                 "Logging in means reading and accepting our rules."):
        at = text.index(said.replace(" ", ""), at)


def test_codes_for_phones_hold_no_secret(reception, tmp_path):
    pdf, rows = issued(reception, tmp_path, "Guest", "--count", "2")
    codes = seen_by_a_phone(pdf, tmp_path)
    assert codes == {PORTAL, r'WIFI:T:nopass;S:Guest\; \"Net\"\\ 1\:2\,3;;'}
    for row in rows:
        for secret in (row["passphrase"], row["voucher"], row["account"]):
            assert not any(secret in code for code in codes)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_found_in_its_own_script(reception, tmp_path, name):
    pdf, _ = issued(reception, tmp_path, name)
    assert letters(name) in letters(words_of(pdf))


def test_the_pdf_is_tagged_and_named(reception, tmp_path):
    pdf, rows = issued(reception, tmp_path, "Guest", "--count", "9")
    info = subprocess.run(["pdfinfo", pdf], check=True, capture_output=True, text=True).stdout
    for line in (r"Title: +Slips for guests of Kingsmead School", r"Tagged: +yes", r"Pages: +2",
                 r"Page size: .*A4"):
        assert re.search(line, info), info
    tree = subprocess.run(["pdfinfo", "-struct-text", pdf], check=True, capture_output=True,
                          text=True).stdout
    assert tree.count("H1 (block)") == len(rows) == tree.count("  Sect\n")
    assert stat.S_IMODE(os.stat(pdf).st_mode) == 0o600


def test_printing_again_ends_the_older_words(reception, tmp_path):
    _, [first] = issued(reception, tmp_path, "Mx Again")
    page, merge = tmp_path / "again.html", tmp_path / "again.csv"
    said = made(reception, "guest", "print", first["account"], "--slips", page, "--csv", merge)
    [second] = csv.DictReader(merge.open(newline=""))
    assert second["account"] == first["account"] and second["voucher"] != first["voucher"]
    assert second["voucher"] in page.read_text() and second["voucher"] not in said
    assert "have ended" in said
    refused = assentctl(reception, "guest", "print", first["account"], "--slips", page)
    assert refused.returncode != 0 and "is there already" in refused.stderr
