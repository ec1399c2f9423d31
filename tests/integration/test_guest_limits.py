"""No way of asking makes a guest without an end, or one above what its kind allows (R14): random wishes
and steps, good and bad, through every route and verb, against what the school's own file says."""

import base64
import datetime
import random
import re
import sqlite3
import subprocess
import tomllib

import pytest

from http_client import Client
from portal_fixture import Visitor
from service_fixture import BIN, SCHOOLS, run_service

ROUNDS = 400
UNIT = {"m": 60, "h": 3600, "d": 86400}
WHO = ("ict", "kgreen", "jpatel")
STEPS = ("approve", "reject", "extend", "suspend", "resume", "revoke", "give-back", "explode")
SPANS = ("1m", "90m", "2h", "10h", "11h", "5d", "400d", "0h", "-1h", "1h30m", "99999999999h", "")
TIMES = ("15:30", "23:59", "24:00", "25:00", "2020-01-01", "2099-12-31", "2099-12-31 15:30", "never",
         "9999-12-31T23:59:59.999Z", "")


def at_any_hour(_, toml):
    return re.sub(r"(?m)^hours .*\n", "", toml)


def seconds(span):
    return int(span[:-1]) * UNIT[span[-1]]


KINDS = tomllib.loads(at_any_hour("", (SCHOOLS / "kingsmead/school.toml").read_text()))["guest"]


def longest(kind):
    """From the moment when the account was issued, or begins."""
    extend = kind.get("extend", {"in_all": "0m"})["in_all"]
    return seconds(kind["longest_stay"]) + seconds(extend) + seconds(kind.get("use_within", "0m"))


@pytest.fixture(scope="module")
def school(tmp_path_factory):
    for service in run_service(tmp_path_factory.mktemp("limits"), schools=("kingsmead",),
                               edit=at_any_hour):
        service.fill()
        admin = service.admins["kingsmead"]
        service.people = {"ict": admin}
        for login in WHO[1:]:
            made = admin.do("/v1/tokens", {"for": login, "scope": "staff"})
            service.people[login] = Client(service, made["bearer"], "kingsmead")
        yield service


def wish(dice):
    out = {"kind": dice.choice([*KINDS, *KINDS, "burglar", ""]), "name": dice.choice(["Dr Okafor"] * 4 + ["", "x" * 200]),
           "host": dice.choice(["kgreen", "jpatel", "lmurphy", "mscott", "akhan", "nobody"]), "why": "science week",
           "for": dice.choice(SPANS), "until": dice.choice(TIMES), "from": dice.choice(TIMES),
           "devices": dice.choice([1, 2, 20, 21, 0, -1]), "count": dice.choice([1, 2, 0, 201, -5]),
           "account": dice.choice(["supply01", "supply99", "akhan", "v-maple-042"]), "end": None}
    kept = dice.choice([4, 4, 5, 5, 6, 11])
    return {key: out[key] for key in list(out)[:4] + dice.sample(list(out)[4:], kept - 4)}


def by_hand(school, words):
    token = school.folder / "kingsmead.ict.token"
    done = subprocess.run([BIN / "assentctl", "--url", f"http://127.0.0.1:{school.port}", "--token-file",
                           token, "guest", *words], capture_output=True, text=True, timeout=20)
    assert done.returncode in (0, 2, 3, 4, 6), done
    return done


def rows(school):
    with sqlite3.connect(f"file:{school.data}/assent.db?mode=ro", uri=True) as store:
        store.row_factory = sqlite3.Row
        return store.execute("SELECT * FROM guest").fetchall()


def check(school, admin):
    found = rows(school)
    for row in found:
        kind, start = KINDS[row["kind"]], row["valid_from"] or row["requested"]
        assert row["name"] and row["reason"], dict(row)
        assert row["host"] > 0 or (row["visits"] and not row["account"]), dict(row)
        assert 0 < row["stay"] <= seconds(kind["longest_stay"]) * 1000, dict(row)
        assert row["devices"] <= 20 and row["extended"] <= longest(kind) * 1000
        assert start <= row["requested"] + 90 * 86400 * 1000, dict(row)
    by_id = {"g_" + base64.b32encode(row["ref"]).decode().lower().rstrip("="): row for row in found}
    for guest in admin.read("/v1/guests", state="all")["guests"]:
        row, kind = by_id[guest["guest"]], KINDS[guest["kind"]]
        end = datetime.datetime.fromisoformat(guest["until"].replace("Z", "+00:00")).timestamp()
        start = (row["valid_from"] or row["begins"] or row["requested"]) / 1000
        stands = max(longest(kind), 7 * 86400) if not row["account"] else longest(kind)
        assert end <= start + stands, (guest, dict(row))
        assert guest["devices"] <= kind.get("devices", 2)
    return len(found)


def test_no_path_makes_a_guest_without_an_end_or_above_its_kind(school):
    dice, admin = random.Random(20261122), school.people["ict"]
    for number in range(ROUNDS):
        who = school.people[dice.choice(WHO)]
        reply = who.call("POST", "/v1/guests", wish(dice))
        assert reply.status in (200, 400, 403, 404, 409), reply
        visit = {key: value for key, value in wish(dice).items()
                 if key in ("kind", "name", "host", "why", "until")}
        reply = who.post("/v1/visits", {"visit": str(number // 3), **visit})
        assert reply.status in (200, 400, 403, 404, 409), reply
        known = [row["account"] for row in rows(school) if row["account"]]
        if known and number % 2:
            step = {"step": dice.choice(STEPS), "by": dice.choice(SPANS), "reason": "a test"}
            target = dice.choice(known)
            assert who.post(f"/v1/guests/{target}/steps", step).status in (200, 400, 403, 404, 409)
            assert who.post(f"/v1/guests/{target}/issue", {}).status in (200, 400, 403, 404, 409)
    assert check(school, admin) > 40


def test_no_visitor_at_the_portal_does_either(school):
    """Self-registration (A21) and wishes for more time, with every form and field wrong in turn."""
    dice, admin = random.Random(21), school.people["ict"]
    forms = ("ask", "request", "request", "request", "go", "agree", "longer", "still")
    for number in range(12):
        phone = Visitor(school, f"127.9.0.{number + 1}")
        for _ in range(12):
            asked = {key: str(value) for key, value in wish(dice).items()
                     if key in ("kind", "name", "why", "until", "from", "devices")}
            kind = {"kind": dice.choice(["visitor", asked.get("kind", "")])}
            page = phone.come()
            if page.title.startswith("You have been let in"):
                page = phone.post(phone.post(page, do="go"), do="agree")
            wanted = "longer" if page.title.startswith("You are online") else dice.choice(forms)
            page = phone.post(page, do=wanted, by=dice.choice(SPANS),
                              visits=dice.choice(["kgreen", "akhan", "nobody", ""]), **{**asked, **kind})
            assert page.status in (200, 400, 403, 409, 429), page.text
            for guest in admin.read("/v1/guests", state="requested")["guests"][:2]:
                who = school.people[dice.choice(WHO)]
                for step in dice.choice([[], ["reject"], ["approve"], ["approve", "issue"]]):
                    path, body = ("issue", {}) if step == "issue" else ("steps", {"step": step, "reason": "a test"})
                    reply = who.post(f"/v1/guests/{guest['guest']}/{path}", body)
                    assert reply.status in (200, 400, 403, 409), reply
    own = [row for row in rows(school) if row["answer_by"]]
    assert any(row["account"] for row in own) and any(row["longer"] for row in own)
    assert all(row["approved_by"] for row in own if row["account"])
    check(school, admin)


def test_no_verb_does_either(school):
    dice, admin = random.Random(7), school.people["ict"]
    for _ in range(40):
        asked = wish(dice)
        words = ["issue", asked["kind"], asked["name"]]
        for name in ("host", "why", "for", "until", "from", "devices", "count", "account"):
            if name in asked:
                words.append(f"--{name}={asked[name]}")
        by_hand(school, words)
        by_hand(school, ["extend", "okafor", f"--by={dice.choice(SPANS)}"])
    check(school, admin)
