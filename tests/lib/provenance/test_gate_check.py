"""The check that guards the gate must itself catch a way around it."""

from cryptodrug.provenance.gate_check import ways_around


def made(path, rule, *inputs):
    return {"path": path, "rule": rule, "inputs": dict.fromkeys(inputs, "sha")}


HONEST = {
    "r/internal/t.parquet": made("internal/t.parquet", "market_size", "r/database/listing.parquet"),
    "r/tables/t.csv": made("tables/t.csv", "release_gate", "r/internal/t.parquet"),
    "r/figures/drawn/f.en.svg": made("figures/drawn/f.en.svg", "figure", "r/tables/t.csv", "reports/nl.po"),
    "r/documents/d.pdf": made("documents/d.pdf", "document", "r/figures/drawn/f.en.svg"),
}


def test_a_build_in_which_all_goes_through_the_gate_passes():
    assert list(ways_around(HONEST)) == []


def test_a_figure_drawn_from_an_internal_table_is_caught():
    broken = HONEST | {"r/figures/drawn/g.svg": made("figures/drawn/g.svg", "figure", "r/internal/t.parquet")}
    assert list(ways_around(broken)) == ["figures/drawn/g.svg (rule figure) <- r/internal/t.parquet"]


def test_a_document_that_reads_an_archive_is_caught():
    broken = HONEST | {"r/documents/e.pdf": made("documents/e.pdf", "document", "archive:april.tar.gz")}
    assert list(ways_around(broken)) == ["documents/e.pdf (rule document) <- archive:april.tar.gz"]
