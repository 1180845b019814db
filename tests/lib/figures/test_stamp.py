"""The chain of ids inside a picture changes nothing of the picture."""

import io
import struct
import xml.etree.ElementTree as ET
import zlib

import numpy as np
from cryptodrug.figures.stamp import KEYWORD, chain_text, stamp_png, stamp_svg
from PIL import Image

TEXT = "study demo (simulated data)\nfigures/x.en.png abc — é <&>"
LEDGER = {
    "study": "demo",
    "simulated": True,
    "files": {
        "figures/x.svg": {"id": "f1", "inputs": {"made": ["tables/a.csv", "tables/b.csv"]}},
        "tables/a.csv": {"id": "a1", "inputs": {"made": ["internal/t"]}},
        "tables/b.csv": {"id": "b1", "inputs": {"made": ["internal/t", "not-in-the-ledger"]}},
        "internal/t": {"id": "t1", "inputs": {"archives": ["m.tar"]}},
        "other": {"id": "o1", "inputs": {"archives": ["answers.sav"], "project": ["map.yaml", "rule.yaml"]}},
    },
    "archives": [{"name": "m.tar", "sha256": "00ff"}, {"name": "answers.sav", "sha256": "11ee"}],
    "maps": [{"name": "map.yaml", "sha256": "22dd"}],
}


def picture() -> bytes:
    data = io.BytesIO()
    pixels = np.arange(5 * 7 * 3, dtype=np.uint8).reshape(5, 7, 3)
    Image.fromarray(pixels).save(data, format="PNG")
    return data.getvalue()


def test_chain_names_every_file_once_and_ends_at_the_archives():
    assert chain_text(LEDGER, "figures/x.svg").splitlines() == [
        "study demo (simulated data)",
        "figures/x.svg f1",
        "tables/a.csv a1",
        "tables/b.csv b1",
        "internal/t t1",
        "archive m.tar sha256 00ff",
    ]


def test_chain_of_buyers_ends_at_the_export_and_its_map_not_at_the_archives_of_markets():
    assert chain_text(LEDGER, "other").splitlines()[1:] == [
        "other o1",
        "archive answers.sav sha256 11ee",
        "map map.yaml sha256 22dd",
    ]


def test_chain_of_real_data_does_not_say_simulated():
    assert chain_text(LEDGER | {"simulated": False}, "other").splitlines()[0] == "study demo"


def test_stamped_png_has_the_same_pixels_and_the_chain_as_text():
    before, after = Image.open(io.BytesIO(picture())), Image.open(io.BytesIO(stamp_png(picture(), TEXT)))
    assert np.array_equal(np.asarray(before), np.asarray(after))
    assert after.text[KEYWORD] == TEXT


def test_every_chunk_of_a_stamped_png_has_its_checksum():
    data, place, names = stamp_png(picture(), TEXT), 8, []
    while place < len(data):
        (length,) = struct.unpack(">I", data[place : place + 4])
        body = data[place + 4 : place + 8 + length]
        assert struct.unpack(">I", data[place + 8 + length : place + 12 + length]) == (zlib.crc32(body),)
        names.append(body[:4])
        place += 12 + length
    assert names[:2] == [b"IHDR", b"iTXt"]
    assert names[-1] == b"IEND"


def test_stamped_svg_is_well_formed_and_carries_the_chain_once():
    inner = b'<g id="a"><svg width="1"/></g>'
    data = (
        b'<?xml version="1.0" encoding="utf-8"?>\n<svg xmlns="http://www.w3.org/2000/svg" width="3">'
        + inner
        + b"</svg>"
    )
    stamped = stamp_svg(data, TEXT)
    root = ET.fromstring(stamped)
    assert [one.text for one in root.iter("{http://www.w3.org/2000/svg}desc")] == [TEXT]
    assert inner in stamped
    assert root.attrib == {"width": "3"}
