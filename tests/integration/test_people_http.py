"""What a signed-in person may ask and do about people: finding, why, outstanding, linking, and
answers on behalf, which no device can give (design: on behalf is another route)."""

import json

import pytest

from receipts import verified
from service_fixture import SCHOOLS

PAPER = {"act": "agree", "policy": "student", "how": "paper"}


@pytest.fixture
def admin(world):
    return world.admins["kingsmead"]


@pytest.fixture
def key(world):
    return world.devices["kingsmead"].log_key


def test_people_are_found_by_name_login_form_and_number(admin):
    for text in ("akhan", "AKHAN", "Amira", "amira khan", "K1000", "Khan 7A", "KINGSMEAD\\akhan"):
        found = admin.read("/v1/people", find=text)["people"]
        assert "akhan" in [person["login"] for person in found], text
    assert admin.read("/v1/people", find="Nunez")["people"][0]["name"] == "Rosa Núñez"
    assert admin.read("/v1/people", find="nobody at all")["people"] == []


def test_a_name_that_two_people_have_is_not_guessed(admin):
    refused = admin.get("/v1/people/khan")
    assert (refused.status, refused.problem) == (409, "ambiguous")
    names = {person["login"] for person in refused.json()["people"]}
    assert {"akhan", "ekhan"} <= names
    assert admin.post("/v1/people/khan/answers", PAPER).status == 409
    assert admin.get("/v1/people/nobody").status == 404


def test_one_person_is_shown_with_ids_standing_and_history(world, admin):
    login = world.pupil()
    world.devices["kingsmead"].accept(login)
    said = admin.read(f"/v1/people/{login}")
    assert said["ids"][0][0] == "mis_id" and said["state"] == "active"
    [standing] = said["standings"]
    assert (standing["policy"], standing["version"], standing["act"]) == ("student", 1, "agree")
    assert [entry["index"] for entry in said["history"]] == [standing["entry"]]


def test_why_says_what_the_gate_says(world, admin):
    device, login = world.devices["kingsmead"], world.pupil()
    before = admin.read(f"/v1/people/{login}/why")
    assert (before["verdict"], before["reason"]) == ("ask", "owes")
    assert before["owed"][0]["policy"] == "student" and before["owed"][0]["why"] == "first-time"
    assert "student version 1" in before["text"] and before["next"]
    device.accept(login)
    after = admin.read(f"/v1/people/{login}/why")
    assert (after["verdict"], after["reason"], after["owed"]) == ("clear", "up-to-date", [])
    assert admin.read("/v1/people/scanner/why")["reason"] == "exempt"


def test_k2_outstanding_is_everybody_who_owes_and_nobody_else(small_world):
    admin, device = small_world.admins["kingsmead"], small_world.devices["kingsmead"]
    students = admin.read("/v1/people/outstanding", policy="student")
    assert students["total"] == len(students["people"]) == 35
    device.accept("akhan")
    after = admin.read("/v1/people/outstanding", policy="student", form="7A")
    assert [person["login"] for person in after["people"]] == ["cwalker", "eturner"]
    staff = {p["login"] for p in admin.read("/v1/people/outstanding", policy="staff")["people"]}
    assert staff == {"jpatel", "kgreen", "lmurphy", "mscott", "nokafor", "obrown", "pwright",
                     "rlewis", "ssmith", "ttaylor", "ict"}


def test_who_said_no_or_asked_for_help_is_on_a_list(world, admin):
    device = world.devices["kingsmead"]
    entries, told = {}, {"decline": "head-of-year", "help": "tutor"}
    for answer in told:
        login = world.pupil()
        reply = device.client.must(device.answer(device.shown(login), answer))
        assert reply["recorded"]
        history = admin.read(f"/v1/people/{login}")["history"]
        entries[answer] = (login, history[0]["index"])
    for answer, (login, entry) in entries.items():
        rows = admin.read("/v1/people/outstanding", answer=answer)["people"]
        [row] = [each for each in rows if each["login"] == login]
        assert (row["answer"], row["entry"]) == (answer, entry)
        assert {each["answer"] for each in rows} == {answer}
        assert row["tell"] == told[answer]
    assert admin.get("/v1/people/outstanding", answer="yes").status == 400


def test_an_answer_on_paper_is_a_record_that_says_who_typed_it(world, admin, key):
    login = world.pupil()
    receipt = admin.do(f"/v1/people/{login}/answers", {**PAPER, "note": "signed at induction"})
    record = verified(key, receipt)
    assert record["proof"] == "paper" and "attestation" not in record
    assert record["by"]["login"] == "ict" and record["by"]["how"] == "paper"
    assert record["by"]["note"] == "signed at induction"
    assert record["subject"]["login"] == login
    assert world.devices["kingsmead"].check(login)["verdict"] == "clear"
    assert admin.read(f"/v1/receipts/{receipt['index']}") == {k: receipt[k]
                                                             for k in ("record", "proof")}


def test_k9_help_by_an_adult_is_witnessed(world, admin, key):
    receipt = admin.do(f"/v1/people/{world.pupil()}/answers", {**PAPER, "how": "with TA"})
    assert verified(key, receipt)["proof"] == "witnessed"


def test_a_dry_run_of_an_answer_records_nothing(world, admin):
    login, size = world.pupil(), world.service.size()
    assert admin.do(f"/v1/people/{login}/answers", PAPER, dry_run=1)["login"] == login
    assert world.service.size() == size


@pytest.mark.parametrize("path,body", [
    ("/v1/people/{pupil}/answers", {**PAPER, "policy": "nothing"}),
    ("/v1/people/{pupil}/answers", {**PAPER, "act": "endorse"}),
    ("/v1/people/sign-class", {"form": "7A", "policy": "nothing", "how": "x", "present": ["akhan"]}),
    ("/v1/people/sign-class", {"form": "9Z", "policy": "student", "how": "x", "present": ["akhan"]}),
    ("/v1/policies/nothing/retire", {"reason": "gone"}),
    ("/v1/devices", {"name": "LIB-0039"}), ("/v1/devices/nothing/revoke", {})])
def test_a_dry_run_is_refused_as_the_call_itself(world, admin, path, body):
    path = path.format(pupil=world.pupil())
    plan, done = admin.post(path, body, dry_run=1), admin.post(path, body)
    assert plan.status == done.status >= 400
    assert plan.json() == done.json()


def test_k3_an_endorsement_belongs_to_the_childs_own_answer(world, admin, key):
    login, size = world.pupil(), world.service.size()
    endorse = {**PAPER, "act": "endorse", "note": "signed by the mother"}
    assert admin.post(f"/v1/people/{login}/answers", endorse).status == 409
    assert world.service.size() == size
    own = world.devices["kingsmead"].accept(login)
    record = verified(key, admin.do(f"/v1/people/{login}/answers", endorse))
    assert record["of"] == own["index"] and record["items"][0]["act"] == "endorse"
    assert world.devices["kingsmead"].check(login)["verdict"] == "clear"


def test_a_withdrawal_is_asked_again_at_the_next_login(world, admin, key):
    device, login = world.devices["kingsmead"], world.pupil()
    own = device.accept(login)
    record = verified(key, admin.do(f"/v1/people/{login}/answers", {**PAPER, "act": "withdraw"}))
    assert record["of"] == own["index"]
    assert device.check(login)["verdict"] == "ask"
    assert admin.read(f"/v1/people/{login}/why")["owed"][0]["why"] == "withdrawn"


def test_an_answer_on_behalf_overtakes_what_the_device_shows(world, admin):
    device, login = world.devices["kingsmead"], world.pupil()
    shown = device.shown(login)
    admin.do(f"/v1/people/{login}/answers", PAPER)
    assert device.answer(shown).problem == "overtaken"


@pytest.mark.parametrize("body", [{"act": "defer"}, {"act": "help"}, {"act": "notified"},
                                  {"act": "none"}, {"policy": "nothing"}, {"how": ""}])
def test_what_nobody_may_answer_for_another_is_refused(world, admin, body):
    login, size = world.pupil(), world.service.size()
    assert admin.post(f"/v1/people/{login}/answers", {**PAPER, **body}).status in (400, 404)
    assert world.service.size() == size


def test_a33_a_class_login_signs_nothing_and_nobody_signs_for_it(world):
    admin, device = world.admins["oakfield"], world.devices["oakfield"]
    assert device.check("y1class") == {"verdict": "clear", "school": "Oakfield Primary School"}
    refused = admin.post("/v1/people/y1class/answers", PAPER)
    assert (refused.status, refused.problem) == (403, "denied")


def test_a_class_is_signed_together_one_record_a_child(world):
    admin, size = world.admins["oakfield"], world.service.size()
    children = ["O323", "Yusuf Singh", "O325", "Nobody Here", "O329"]  # O329 is in another class
    body = {"form": "1B", "policy": "student", "how": "read aloud", "note": "with Mr Okoro",
            "present": children}
    plan = admin.do("/v1/people/sign-class", body, dry_run=1)
    assert plan["present"] == 3 and plan["missing"] == ["Nobody Here", "O329"]
    assert world.service.size() == size
    done = admin.do("/v1/people/sign-class", body)
    assert done["signed"] == 3 and done["missing"] == ["Nobody Here", "O329"]
    assert done["receipts"] == [size, size + 1, size + 2] and world.service.size() == size + 3
    records = [verified(world.devices["oakfield"].log_key, admin.read(f"/v1/receipts/{index}"))
               for index in done["receipts"]]
    assert len({record["subject"]["id"] for record in records}) == 3
    assert {record["proof"] for record in records} == {"witnessed"}
    assert {record["by"]["how"] for record in records} == {"read aloud"}
    left = admin.read("/v1/people/outstanding", form="1B")["people"]
    assert {person["name"] for person in left} == {"Alfie Jones", "Bethan Hussain", "Caleb Ali"}
    signed, unsigned = admin.read("/v1/people/O323"), admin.read("/v1/people/O326/why")
    assert [s["act"] for s in signed["standings"]] == ["agree"] and signed["login"] == ""
    assert admin.read("/v1/people/O323/why")["reason"] == "up-to-date"
    assert unsigned["reason"] == "owes"
    assert f"sign-for {unsigned['person']} --policy student" in unsigned["next"]


def test_juniors_with_logins_of_their_own_are_signed_together_too(world):
    admin, device = world.admins["oakfield"], world.devices["oakfield"]
    body = {"form": "6A", "policy": "student", "how": "in class", "present": ["dgreen", "EMURPHY"]}
    assert admin.do("/v1/people/sign-class", body)["signed"] == 2
    assert device.check("emurphy")["verdict"] == "clear"
    assert device.check("fscott")["verdict"] == "ask"
    nobody = {**body, "form": "9Z"}
    assert admin.post("/v1/people/sign-class", nobody).status == 404


NEWER = "N1,akhan2,Amira Khan,student,7,ks3,7A,,\n"
LINK = {"from": "akhan2", "to": "K1000", "reason": "the new MIS made her again"}
PART = {"source": "mis_id", "external": "N1", "reason": "they are two after all"}


def kingsmead(without=""):
    """The roster's text, without the rows that begin so."""
    text = (SCHOOLS / "kingsmead/people.csv").read_text()
    return "".join(row for row in text.splitlines(True) if not without or
                   not row.startswith(without + ","))


def test_two_who_both_have_an_account_are_not_linked(small_world):
    admin, device = small_world.admins["kingsmead"], small_world.devices["kingsmead"]
    device.accept("akhan")
    admin.must(admin.import_csv(kingsmead() + NEWER))
    size = small_world.service.size()
    for pair in (LINK, {**LINK, "from": "K1000", "to": "akhan2"}):
        for query in ({"dry_run": 1}, {}):
            refused = admin.post("/v1/people/link", pair, **query)
            assert (refused.status, refused.problem) == (409, "conflict")
    assert small_world.service.size() == size
    assert device.check("akhan")["verdict"] == "clear"
    assert device.check("akhan2")["verdict"] == "ask"


def test_two_entries_of_one_person_are_linked_and_parted_again(small_world):
    admin, device = small_world.admins["kingsmead"], small_world.devices["kingsmead"]
    device.accept("akhan")
    admin.must(admin.import_csv(kingsmead(without="K1000") + NEWER, 1))
    verdicts = {login: device.check(login)["verdict"] for login in ("akhan", "akhan2")}
    assert verdicts == {"akhan": "refuse", "akhan2": "ask"}

    def both():
        return [{k: v for k, v in admin.read(f"/v1/people/{text}").items() if k != "history"}
                for text in ("K1000", "N1")]
    before, size = both(), small_world.service.size()
    assert admin.do("/v1/people/link", LINK, dry_run=1)["from"]["login"] == "akhan2"
    assert small_world.service.size() == size
    linked = admin.do("/v1/people/link", LINK)
    assert linked["login"] == "akhan2" and device.check("akhan2")["verdict"] == "clear"
    assert sorted(admin.read("/v1/people/akhan2")["ids"]) == [["mis_id", "K1000"], ["mis_id", "N1"]]
    record = verified(device.log_key, admin.read(f"/v1/receipts/{size}"))
    assert record["type"] == "person.link" and record["by"]["login"] == "ict"
    assert admin.post("/v1/people/link", {**LINK, "from": "K1000"}).status == 400

    planned = admin.do("/v1/people/unlink", PART, dry_run=1)
    assert small_world.service.size() == size + 1
    parted = admin.do("/v1/people/unlink", PART)
    assert parted == planned and parted["ids"] == [["mis_id", "N1"]]
    assert [parted[who]["person"] for who in ("from", "to")] == [one["person"] for one in before]
    assert both() == before
    assert {login: device.check(login)["verdict"] for login in verdicts} == verdicts
    assert verified(device.log_key, admin.read(f"/v1/receipts/{size + 1}"))["type"] == "person.part"
    admin.must(admin.import_csv(kingsmead() + NEWER))
    assert device.check("akhan2")["verdict"] == "ask"
    assert device.check("akhan")["verdict"] == "clear"


def test_an_id_that_no_link_brought_is_nobodys_until_the_next_roster(small_world):
    admin, device = small_world.admins["kingsmead"], small_world.devices["kingsmead"]
    device.accept("akhan")
    used_twice = {**PART, "external": "K1000"}
    planned = admin.do("/v1/people/unlink", used_twice, dry_run=1)
    parted = admin.do("/v1/people/unlink", used_twice)
    assert parted == planned and "to" not in parted and parted["from"]["state"] == "left"
    assert device.check("akhan")["verdict"] == "refuse"
    admin.must(admin.import_csv(kingsmead()))
    assert device.check("akhan")["verdict"] == "ask"
    for query in ({"dry_run": 1}, {}):
        assert admin.post("/v1/people/unlink", {**PART, "external": "N9"}, **query).status == 404


def test_a_retired_policy_is_owed_by_nobody(small_world):
    admin, device = small_world.admins["kingsmead"], small_world.devices["kingsmead"]
    assert device.check("uhughes")["verdict"] == "ask"
    admin.do("/v1/policies/community/retire", {"reason": "no groups come any more"})
    assert device.check("uhughes")["verdict"] == "clear"
    assert admin.post("/v1/policies/community/retire", {"reason": "again"}).status == 409
    listed = {p["policy"]: p["retired"] for p in admin.read("/v1/policies")["policies"]}
    assert listed["community"] and not listed["student"]


def test_a_version_is_shown_and_compared_as_it_was_published(small_world):
    admin = small_world.admins["kingsmead"]
    planned = admin.publish_plan("student", 2)
    assert admin.get("/v1/policies/student/versions/2").status == 404
    published = admin.publish("student", 2)
    assert {k: planned[k] for k in ("changes", "rules", "asked", "manifest")} == \
        {k: published[k] for k in ("changes", "rules", "asked", "manifest")}
    assert published["asked"] == 35
    version = admin.read("/v1/policies/student/versions/2")
    rules = {rule["id"]: rule["text"] for rule in version["renditions"][0]["rules"]}
    diff = admin.read("/v1/policies/student/diff", **{"from": 1, "to": 2})
    assert [(rule["id"], rule["change"]) for rule in diff["rules"]] == \
        [("photos", "changed"), ("ai.tools", "added")]
    assert diff["rules"][0]["new"] in rules.values()
    assert diff["unchanged"] + len(diff["rules"]) == published["rules"]
    record = json.loads(admin.read(f"/v1/receipts/{published['index']}")["record"])
    assert record["type"] == "publish" and record["hash"] == "sha256:" + published["manifest"]


def test_k25_what_is_not_approved_or_has_no_review_is_not_published(world, admin):
    def no_review(files):
        files["policy.toml"] = "".join(line for line in files["policy.toml"].splitlines(True)
                                       if "next_review" not in line)

    def not_approved(files):
        files["2/version.toml"] = files["2/version.toml"].split("[[approved]]")[0]

    size = world.service.size()
    for change in (no_review, not_approved):
        with pytest.raises(AssertionError, match="403"):
            admin.publish("student", 2, change)
    with pytest.raises(AssertionError, match="409"):
        admin.publish("student", 1)
    assert world.service.size() == size
