"""The templates for Group Policy and Intune: whole, and about the values that the programs read."""
import re
import xml.etree.ElementTree as xml

import pytest

from conftest import SOURCE
from windows_settings import POLICIES, PROPERTIES, REG_DWORD, REG_MULTI_SZ, REG_SZ, VALUES

FOLDER = SOURCE / "packaging/windows/policies"
SPACE = {"": "http://schemas.microsoft.com/GroupPolicy/2006/07/PolicyDefinitions"}
KINDS = {"text": REG_SZ, "enum": REG_SZ, "decimal": REG_DWORD, "multiText": REG_MULTI_SZ}
BOXES = {"text": "textBox", "enum": "dropdownList", "decimal": "decimalTextBox", "multiText": "multiTextBox"}
LANGUAGES = ["en-GB", "en-US"]


def read(name):
    return xml.parse(FOLDER / name).getroot()


def tag(element):
    return element.tag.split("}")[1]


@pytest.fixture(scope="module")
def policies():
    return read("Assent.admx").findall("policies/policy", SPACE)


def choices_of(element):
    if tag(element) == "decimal":
        return int(element.get("minValue")), int(element.get("maxValue"))
    return [item.find("value/string", SPACE).text for item in element.findall("item", SPACE)] or None


def value_of(policy):
    """Name, type and choices of the one registry value that a policy writes."""
    if policy.get("valueName"):
        on, off = (int(policy.find(f"{kind}/decimal", SPACE).get("value"))
                   for kind in ("enabledValue", "disabledValue"))
        assert policy.find("elements", SPACE) is None
        return policy.get("valueName"), REG_DWORD, [on, off]
    [element] = policy.find("elements", SPACE)
    return element.get("valueName"), KINDS[tag(element)], choices_of(element)


def test_each_value_has_one_policy_and_nothing_else_has(policies):
    said = [value_of(policy) for policy in policies]
    assert sorted(said) == sorted((name, type_, choices) for name, (type_, _, choices) in VALUES.items())
    assert {policy.get("key") for policy in policies} == {POLICIES}
    assert {policy.get("class") for policy in policies} == {"Machine"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_there_once_and_none_is_left_over(language):
    adml = read(f"{language}/Assent.adml")
    named = set(re.findall(r"\$\(string\.(\w+)\)", (FOLDER / "Assent.admx").read_text()))
    strings = adml.findall("resources/stringTable/string", SPACE)
    assert sorted(string.get("id") for string in strings) == sorted(named)
    assert all(string.text.strip() for string in strings)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_element_has_its_box(policies, language):
    adml = read(f"{language}/Assent.adml")
    shown = {each.get("id"): each for each in adml.findall("resources/presentationTable/presentation", SPACE)}
    asked = {policy.get("name"): policy for policy in policies if policy.find("elements", SPACE) is not None}
    assert shown.keys() == asked.keys()
    for name, policy in asked.items():
        assert policy.get("presentation") == f"$(presentation.{name})"
        [element], [box] = policy.find("elements", SPACE), shown[name]
        assert (tag(box), box.get("refId")) == (BOXES[tag(element)], element.get("id"))


def test_a_policy_is_explained_in_its_own_words(policies):
    for policy in policies:
        name = policy.get("name")
        assert policy.get("displayName") == f"$(string.{name})"
        assert policy.get("explainText") == f"$(string.{name}_Explain)"


def test_references_inside_the_template_lead_somewhere(policies):
    admx = read("Assent.admx")
    categories = {each.get("name") for each in admx.findall("categories/category", SPACE)}
    supported = {each.get("name") for each in admx.findall("supportedOn/definitions/definition", SPACE)}
    assert {policy.find("parentCategory", SPACE).get("ref") for policy in policies} == categories
    assert {policy.find("supportedOn", SPACE).get("ref") for policy in policies} == supported
    names = [policy.get("name") for policy in policies]
    assert len(names) == len(set(names))


def test_the_manual_names_each_value_and_each_property():
    manual = (SOURCE / "packaging/windows/README.md").read_text()
    values = re.findall(r"^\| `(\w+)` \| (text|number|list) \|", manual, re.MULTILINE)
    kinds = {REG_SZ: "text", REG_DWORD: "number", REG_MULTI_SZ: "list"}
    assert values == [(name, kinds[type_]) for name, (type_, _, _) in VALUES.items()]
    properties = re.findall(r"^\| `([A-Z]+)` \|", manual, re.MULTILINE)
    assert sorted(properties) == sorted([*PROPERTIES, "CHAIN", "PROVIDER"])


def test_windows_falls_back_to_the_same_words():
    assert (FOLDER / "en-US/Assent.adml").read_bytes() == (FOLDER / "en-GB/Assent.adml").read_bytes()
