"""Samples find the rule that no longer fits its pages."""

import pytest
import yaml
from cryptodrug.reading.adapter import Adapter
from cryptodrug.reading.samples import run_all, run_samples

MARKET = """\
market: sample
description: An invented market
pages:
  - kind: listing
    when: {contains: ["<h1>"]}
    rate: {page: '([0-9.]+) USD'}
    rate_pair: BTC/USD
    rows:
      - table: listing
        fields:
          title: {select: h1}
          vendor: {select: .seller}
samples:
  - name: one offer
    path: p/1
    kind: listing
    html: <h1>Box</h1><b class="seller">sample-one</b> 450.5 USD
    page: {rate_text: "450.5"}
    rows: {listing: [{title: Box, vendor: sample-one}]}
"""


def faults(old="", new=""):
    text = MARKET.replace(old, new, 1) if old else MARKET
    assert not old or text != MARKET
    return run_samples(Adapter.model_validate(yaml.safe_load(text)))


def test_a_market_file_that_reads_its_samples_has_no_fault():
    assert faults() == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (".seller}", ".vendor}", "listing/main: listing.vendor matches nothing on its samples"),
        ("{page: '([0-9.]+) USD'}", "{page: 'EUR'}", "listing/main: page.rate_text matches nothing on its samples"),
        ("title: Box", "title: Bag", "sample 'one offer': listing[0].title: expected 'Bag', found 'Box'"),
        ('"450.5"', '"450"', "sample 'one offer': page.rate_text: expected '450', found '450.5'"),
        ("html: <h1>", "html: <h2>", "sample 'one offer': expected kind 'listing', found 'unknown'"),
        ("    rows: {listing: [{title: Box, vendor: sample-one}]}", "", "listing: expected 0 rows, found 1"),
        ("    kind: listing\n    html", "    kind: listing\n    layout: new\n    html", "expected layout 'new', found"),
    ],
)
def test_a_fault_names_sample_and_field(old, new, said):
    assert said in "\n".join(faults(old, new))


def test_a_page_rule_without_a_sample_is_a_fault():
    rule = "  - kind: login\n    when: {contains: [password]}\nsamples:"
    assert faults("samples:", rule) == ["login/main: no sample is of this kind and layout"]


def test_two_kinds_that_fit_are_a_remark_and_the_first_reads():
    rule = "  - {kind: front, when: {contains: [seller]}}\nsamples:"
    outcome = run_all(Adapter.model_validate(yaml.safe_load(MARKET.replace("samples:", rule))))
    assert outcome.remarks == ["sample 'one offer' fits front, listing; listing, named first, reads it"]
