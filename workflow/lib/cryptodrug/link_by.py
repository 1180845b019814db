"""By which signs accounts count as one vendor: named in the configuration, applied by `cryptodrug.entities`."""

from typing import Literal

LinkBy = Literal["account", "key", "key-or-name", "key-name-or-text"]
