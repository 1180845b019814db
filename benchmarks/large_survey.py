"""Read an SPSS file of 200 MB with 300 variables: it must need less than one gigabyte of memory.

`python benchmarks/large_survey.py`. The file is written in a process of its own, so that only the reading counts.
"""

import argparse
import multiprocessing
import resource
import sys
import tempfile
import time
from pathlib import Path

LIMIT = 1000  # megabytes
VARIABLES, RECORDS = 300, 88_000


def write(path: str, records: int) -> None:
    """Answers from 0 to 9, not compressed: eight bytes each."""
    import numpy as np
    import pandas as pd
    import pyreadstat

    draws = np.random.default_rng(1)
    columns = {f"v{place}": draws.integers(0, 10, records).astype("float64") for place in range(VARIABLES)}
    pyreadstat.write_sav(pd.DataFrame(columns), path, row_compress=False)


def main() -> int:
    """Write, read, say; 1 when the reading needs more than it may."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=RECORDS)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "large.sav")
        writer = multiprocessing.get_context("spawn").Process(target=write, args=(path, options.records))
        writer.start()
        writer.join()
        from cryptodrug.survey.read_sav import read_sav

        begin = time.perf_counter()
        export = read_sav(path, [f"v{place}" for place in range(VARIABLES)])
        seconds, size = time.perf_counter() - begin, Path(path).stat().st_size / 1e6
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    print(f"{size:.0f} MB, {export.rows.shape}: {seconds:.1f} s, peak memory {peak:.0f} MB (limit {LIMIT})")
    return int(peak > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
