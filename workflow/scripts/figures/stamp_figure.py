"""Write the chain of ids of a figure into the pictures that are delivered."""

from pathlib import Path

from cryptodrug.figures.stamp import chain_text, stamp_png, stamp_svg
from cryptodrug.files import read_json, whole_file


def stamp_figure(ledger: str, drawn: list[str], stamped: list[str]) -> None:
    """Copy each drawn picture with its chain inside; the chain is that of the public ledger and says no more."""
    data = read_json(ledger)
    for source, target in zip(drawn, stamped, strict=True):
        path = Path(source)
        text = chain_text(data, path.relative_to(path.parents[2]).as_posix())
        stamp = stamp_png if path.suffix == ".png" else stamp_svg
        with whole_file(target) as temporary:
            temporary.write_bytes(stamp(path.read_bytes(), text))


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, stamp_figure)
