"""The language of a text, where it is long enough and the classifier is sure: a code of ISO 639-1, else None.

The classifier is py3langid, a kept-up form of langid.py (Lui and Baldwin 2012): naive Bayes on runs of bytes that an
automaton finds. It brings its own model, needs no network and draws nothing.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from unicodedata import normalize

import numpy as np

# in which vendors and buyers of the field write; see `languages` for this and the next two
FIELD = ("da", "de", "en", "es", "fi", "fr", "it", "nl", "no", "pl", "pt", "ru", "sv")
SHORTEST = 15  # letters
LEAST_SURE = 0.7  # probability
LONGEST = 400  # characters that are read: more decide nothing, and a text of megabytes is no reason to wait
TOGETHER = 4096  # texts in one matrix
_ARMOUR = re.compile(r"-----BEGIN PGP.*?(?:-----END PGP[^-]*-----|$)", re.DOTALL)


@dataclass(frozen=True)
class _Model:
    """The automaton (next state by `row[state] * 256 + byte`; feature of a state or -1) and weights of features."""

    following: np.ndarray
    row: np.ndarray
    feature: np.ndarray
    weights: np.ndarray
    prior: np.ndarray
    codes: tuple[str, ...]


@lru_cache(maxsize=1)
def _model() -> _Model:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # half a second and 100 MB: only who asks pays

    made = LanguageIdentifier.from_model_file(MODEL_FILE)
    made.set_languages(FIELD)
    following, row = (np.asarray(one) for one in (made.tk_nextmove, made.tk_row))
    return _Model(
        following=following,
        row=row.astype(np.int64) * 256,
        feature=np.asarray(made.tk_output, dtype=np.int64),
        weights=made.nb_ptc.astype(np.float64),
        prior=made.nb_pc.astype(np.float64),
        codes=tuple(made.nb_classes),
    )


def _bytes(text: str) -> bytes:
    """A text as the model was taught: composed letters, and capitals throughout are small ones."""
    return normalize("NFC", text.lower() if text.isupper() else text).encode("utf-8", "surrogatepass")


def _counts(model: _Model, given: Sequence[bytes]) -> Any:
    """How often each feature stands in each text (a sparse matrix): all texts go through the automaton together."""
    from scipy.sparse import csr_array

    lengths = np.array([len(one) for one in given])
    order = np.argsort(-lengths, kind="stable")
    letters = np.zeros((lengths.max(), len(given)), dtype=np.uint8)
    for place, number in enumerate(order):
        letters[: lengths[number], place] = np.frombuffer(given[number], dtype=np.uint8)
    going = np.searchsorted(-lengths[order], -np.arange(len(letters)), side="left")  # texts longer than this
    state = np.zeros(len(given), dtype=np.int64)
    rows, features = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    for row, count in zip(letters, going, strict=True):
        state = model.following[model.row[state[:count]] + row[:count]]
        found = model.feature[state]
        met = np.flatnonzero(found >= 0)
        rows.append(met)
        features.append(found[met])
    rows, features = order[np.concatenate(rows)], np.concatenate(features)
    made = csr_array((np.ones(len(rows)), (rows, features)), shape=(len(given), len(model.weights)))
    made.sum_duplicates()
    return made


def probabilities(texts: Sequence[str]) -> np.ndarray:
    """Probability of each language of `FIELD` (columns, in its order) for each text (rows).

    As py3langid normalises: the logarithm is divided by the root of the number of bytes, so that a long text does not
    make the model surer than it may be. A text in which the model knows nothing gives all languages the same.
    """
    if not texts:
        return np.zeros((0, len(FIELD)))
    model, given = _model(), [_bytes(text) for text in texts]
    counts = _counts(model, given)
    counts.data = np.log1p(counts.data)
    scores = counts @ model.weights + model.prior
    scores[np.diff(counts.indptr) == 0] = 0
    scores /= np.sqrt(np.maximum([len(one) for one in given], 1))[:, None]
    shares = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares /= shares.sum(axis=1, keepdims=True)
    return shares[:, [model.codes.index(code) for code in FIELD]]


def _readable(text: str) -> str | None:
    """The part of a text that is classified, None where it is too short: its beginning, without keys and messages."""
    words = _ARMOUR.sub(" ", text[: 10 * LONGEST])[:LONGEST]
    return words if sum(map(str.isalpha, words)) >= SHORTEST else None


def languages(texts: Iterable[str]) -> Mapping[str, str | None]:
    """The language of each distinct text: a code of `FIELD`, None where it is too short or the classifier not sure.

    Three limits, each measured on feedback of five markets of 2014 to 2020 (Agora, Apollon, Cryptonia, Dream, Empire):
    113 texts drawn so that those taken for another language than English are many, and read by a person before the
    answers were seen (64 English, 36 in four other languages, 5 in two languages, 8 in none). docs/languages.md has the
    counts, and those of a second sample, on which nothing was chosen.

    1. Only the languages of `FIELD` can be answered. The whole model knows 140; for the short, misspelt English of
       buyers it often finds a creole, Latin or a language of Africa that nobody wrote. Only four (Dutch, French,
       German, English) would be too few: Swedish texts were then taken for German with a probability above 0.8.
    2. At least `SHORTEST` letters (digits, signs and OpenPGP blocks do not count). Below that, what is there is mostly
       praise that is the same in several languages ("super", "top", "perfect").
    3. A probability of at least `LEAST_SURE`. Without it 73 of 85 answers of 15 letters and more were right, from 0.5
       on 71 of 71, from 0.7 on 68 of 68, from 0.9 on 63 of 63; 0.7 keeps a distance to the errors, which end at 0.43.

    A text in two languages gets one of them. Russian in Latin letters is not recognised (it can pass for Polish).
    Same texts, same answers: each text is judged alone, whatever stands beside it.

    Source: Lui, M. and Baldwin, T. (2012). langid.py: an off-the-shelf language identification tool. ACL 2012 System
    Demonstrations, 25-30.
    """
    found: dict[str, str | None] = dict.fromkeys(texts)
    known = [(text, words) for text in found if (words := _readable(text)) is not None]
    for begin in range(0, len(known), TOGETHER):
        some = known[begin : begin + TOGETHER]
        shares = probabilities([words for _, words in some])
        for (text, _), best, sure in zip(some, shares.argmax(axis=1), shares.max(axis=1), strict=True):
            found[text] = FIELD[best] if sure >= LEAST_SURE else None
    return found


def language_of(text: str) -> str | None:
    """The language of one text, as `languages` says."""
    return languages([text])[text]
