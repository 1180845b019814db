"""Print the commands of a Markdown page: the lines of its ```sh blocks, in order, comments and blanks left out."""

import re
import sys
from pathlib import Path


def commands(text: str) -> list[str]:
    """Every command line of every `sh` block."""
    blocks = re.findall(r"^```sh\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL)
    lines = (line.split(" #")[0].strip() for block in blocks for line in block.splitlines())
    return [line for line in lines if line and not line.startswith("#")]


if __name__ == "__main__":
    print("\n".join(commands(Path(sys.argv[1]).read_text(encoding="utf-8"))))
