"""Scenario files: typed, every number with its standing."""

import csv
import re
from pathlib import Path

import pytest
import yaml
from cryptodrug.errors import SettingsError
from cryptodrug.simulate.scenario import read_scenario

PROJECT = Path(__file__).resolve().parents[3]
SCENARIO = PROJECT / "data/demo/scenario.yaml"


def changed(tmp_path, change):
    data = yaml.safe_load(SCENARIO.read_text(encoding="utf-8"))
    change(data)
    path = tmp_path / "scenario.yaml"
    path.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    (tmp_path / "survey.yaml").write_bytes(SCENARIO.with_name("survey.yaml").read_bytes())
    return path


def test_every_section_says_where_its_numbers_come_from():
    text = SCENARIO.read_text(encoding="utf-8")
    with (PROJECT / "data/reference/comparators.csv").open(encoding="utf-8") as stream:
        known = {row["id"] for row in csv.DictReader(stream)}
    sections = re.split(r"\n\n(?=#)", text)[1:]  # the first piece explains the file
    keys = []
    for section in sections:
        comment = " ".join(line for line in section.splitlines() if line.startswith("#"))
        assert re.match(r"# (assumption|technical|fact:)", comment), section[:80]
        assert set(re.findall(r"fact:([a-z0-9-]+)", comment)) <= known
        keys += re.findall(r"^([a-z_]+):", section, re.MULTILINE)
    assert set(keys) == set(yaml.safe_load(text))


def test_unknown_and_wrong_keys_are_refused_together(tmp_path):
    def change(data):
        data["vendors"] = 7
        data["markets"][0]["rows_a_page"] = 0

    with pytest.raises(SettingsError) as refused:
        read_scenario(changed(tmp_path, change))
    assert "vendors: unknown key" in str(refused.value)
    assert "markets.0.rows_a_page" in str(refused.value)


def test_a_group_that_sells_an_unknown_product_is_refused(tmp_path):
    with pytest.raises(SettingsError, match="sell what `products` does not know: moonlight"):
        read_scenario(changed(tmp_path, lambda data: data["groups"][0]["products"].update(moonlight=3)))


def test_vendors_on_an_unknown_market_are_refused(tmp_path):
    with pytest.raises(SettingsError, match="names markets that `markets` does not: attic"):
        read_scenario(changed(tmp_path, lambda data: data["accounts"]["homes"].update({"cardboard+attic": 3})))


def test_a_product_without_a_category_on_every_market_is_refused(tmp_path):
    with pytest.raises(SettingsError, match=r"`products\.weed\.category` is missing for lantern"):
        read_scenario(changed(tmp_path, lambda data: data["products"]["weed"]["category"].pop("lantern")))


def test_a_snapshot_without_rate_is_refused(tmp_path):
    with pytest.raises(SettingsError, match="has not one rate per month"):
        read_scenario(changed(tmp_path, lambda data: data["exchange_rate"]["usd_per_btc"].pop()))
