"""K7: a school's rules in short, as a device gets them for screens before a login."""
import re

from service_fixture import files_of, version_body

BANNER = "Log in as yourself. Be kind."


def publish(admin, policy, number, banner, effective="2020-01-01"):
    files = {path.replace("1/", f"{number}/", 1): text for path, text in files_of(policy, 1).items()}
    toml = f"{number}/version.toml"
    text = re.sub(r"(?m)^(banner|effective|enforced_from) = .*\n", "", files[toml])
    files[toml] = f'effective = {effective}\n' + (f'banner = "{banner}"\n' if banner else "") + text
    return admin.do(f"/v1/policies/{policy}/versions", version_body(number, files))


def shown(world, policy):
    reply = world.devices["kingsmead"].client.do("/v1/gate/banner", {})
    assert reply["school"] == "Kingsmead School"
    return [item for item in reply["items"] if item["policy"] == policy]


def test_k7_the_banner_is_what_was_published_and_names_it(own_world):
    admin = own_world.admins["kingsmead"]
    made = publish(admin, "staff", 2, BANNER)
    [item] = shown(own_world, "staff")
    assert item == {"policy": "staff", "version": 2, "manifest": made["manifest"], "text": BANNER}


def test_k7_a_version_of_tomorrow_is_not_shown_and_a_retired_policy_no_more(own_world):
    admin = own_world.admins["kingsmead"]
    publish(admin, "staff", 2, BANNER)
    publish(admin, "staff", 3, "Not yet.", effective="2999-01-01")
    assert shown(own_world, "staff")[0]["text"] == BANNER
    publish(admin, "community", 2, None)
    assert shown(own_world, "community") == []
    admin.do("/v1/policies/staff/retire", {"reason": "gone"})
    assert shown(own_world, "staff") == []


def test_k7_only_a_device_may_ask(own_world):
    open_client = own_world.service.open()
    assert open_client.post("/v1/gate/banner", {}).status == 401
