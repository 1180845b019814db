"""List every test of the report, by family."""

from cryptodrug.derived import count_values, derived_csv, derived_json
from cryptodrug.families import COLUMNS, TABLES, counts_of, read_families, rows_of
from cryptodrug.files import write_json, write_text
from cryptodrug.release import SCHEMA, read_tables, read_values


def list_of_tests(
    families: str,
    values: str,
    tables: list[str],
    csv: str,
    json: str,
    numbers: str,
    table: str,
    study: str,
    simulated: bool,
) -> None:
    """Write the list of one domain: of the offer, or of respondents.

    1. Families were fixed beforehand; the p-values of each are adjusted together in its analysis (Holm 1979).
    2. A test whose effect is withheld is not listed: there is no p-value without an effect. p stands in classes.
    """
    known, released, found = read_families(families), read_tables(tables), read_values(values)
    domain = next(domain for domain, name in TABLES.items() if name == table)
    rows = [row for family in known if family.domain == domain for row in rows_of(family, released, found)]
    write_text(csv, derived_csv(COLUMNS, rows, study, simulated))
    write_json(json, derived_json(table, COLUMNS, study, simulated, ["holm"], domain))
    counted = count_values(table, counts_of(rows)) if rows else {}
    write_json(numbers, {"schema": SCHEMA, "study": study, "simulated": simulated, "values": counted})


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, list_of_tests)
