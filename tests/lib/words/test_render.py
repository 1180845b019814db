"""Documents are rendered from values by id, in the form that fits the number, in each language."""

import re
from pathlib import Path

import pytest
from cryptodrug.errors import TranslationError
from cryptodrug.provenance.records import PROJECT
from cryptodrug.words.catalogue import Catalogue, english
from cryptodrug.words.render import render_document
from words_small import catalogue, context

FORMS = """{% forms 'ID' %}

{% zero %}

None.

{% one %}

Just {{ count('ID', 'vendor') }}.

{% many %}

There are {{ count('ID', 'vendor') }}.

{% endforms %}
"""


def render(folder: Path, text: str, language: str = "en", words: Catalogue | None = None, draft: bool = False) -> str:
    template = folder / "small.md.j2"
    template.write_text(text, encoding="utf-8")
    words = words or (english() if language == "en" else catalogue(language=language))
    return render_document(template, language, words, context(language, words, draft), draft)


def refusal(folder: Path, text: str, **more) -> TranslationError:
    with pytest.raises(TranslationError) as error:
        render(folder, text, **more)
    return error.value


@pytest.mark.parametrize(
    ("call", "printed"),
    [
        ("v('many.n')", "1,234"),
        ("count('many.n', 'vendor')", "1,234\u00a0vendors"),
        ("v('half.share')", "50.0%"),
        ("interval('half.share')", "(95% interval: 40.0% to 60.0%)"),
        ("v('fell.difference')", "−26.9 percentage points"),
        ("interval('fell.difference')", "(95% interval: −42.4 to 3.0)"),
        ("interval('rough.share')", "(approximate 95% interval: 40% to 60%)"),
        ("v('lsd.price')", "€7.50 per gram"),
        ("list('top.list')", "MDMA and LSD"),
        ("place('from', 'where.focus')", "from the Netherlands"),
        ("v('first.day')", "1\u00a0April 2014"),
        ("v('few.n')", "fewer than five"),
        ("count('few.n', 'vendor')", "fewer than five vendors"),
    ],
)
def test_value_is_printed_by_its_kind(tmp_path, call, printed):
    assert render(tmp_path, f"So {{{{ {call} }}}}.") == f"So {printed}.\n"


def test_message_is_replaced_by_its_translation_and_keeps_its_mark(tmp_path):
    words = catalogue({"Of {{ v('half.share') }} {{ interval('half.share') }}": "Soit {{ interval('half.share') }} "
                       "pour {{ v('half.share') }}"})  # fmt: skip
    made = render(tmp_path, "- Of {{ v('half.share') }}\n  {{ interval('half.share') }}", language="fr", words=words)
    assert made == "- Soit (intervalle à 95\u00a0% : de 40,0\u00a0% à 60,0\u00a0%) pour 50,0\u00a0%\n"


def test_unknown_id_is_refused_and_ids_near_it_are_named(tmp_path):
    error = refusal(tmp_path, "So {{ v('many.m') }}.")
    assert "there is no released value 'many.m'" in str(error)
    assert "near it are many.n" in error.do
    assert error.where == "small.md.j2"


@pytest.mark.parametrize(("name", "number"), [("none.n", 0), ("one.n", 1)])
def test_count_of_nought_or_one_needs_a_sentence_of_its_own(tmp_path, name, number):
    error = refusal(tmp_path, f"So {{{{ count('{name}', 'vendor') }}}}.")
    assert f"{name} is {number}: the sentence around it has no form for that number" in str(error)
    assert f"{{% forms '{name}' %}}" in error.do


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("none.n", "None."), ("one.n", "Just 1\u00a0vendor."), ("many.n", "There are 1,234\u00a0vendors.")],
)
def test_form_is_chosen_by_the_number(tmp_path, name, sentence):
    assert render(tmp_path, FORMS.replace("ID", name)) == f"{sentence}\n"


def test_a_hidden_value_that_is_no_count_is_not_called_fewer_than_some(tmp_path):
    assert render(tmp_path, "{{ v('few.share') }}") == "not published\n"


def test_what_is_hidden_or_absent_is_compared_with_nothing(tmp_path):
    for name in ("few.n", "no.n"):
        for call in (f"exceeds('{name}', 0)", f"below('{name}', 9)", f"most_of('{name}', 'many.n')"):
            assert render(tmp_path, f"Begin.\n\n{{% if {call} %}}\n\nYes.\n\n{{% endif %}}") == "Begin.\n"
    for true in (
        "exceeds('many.n', 1233) and not exceeds('many.n', 1234)",
        "below('many.n', 1235) and not below('many.n', 1234)",
        "not most_of('many.n', 'few.n')",
        "exceeds('many.n', 'one.n') and below('one.n', 'many.n')",
        "not exceeds('many.n', 'few.n') and not below('one.n', 'no.n')",
    ):
        assert render(tmp_path, f"{{% if {true} %}}\n\nYes.\n\n{{% endif %}}") == "Yes.\n"


def test_no_template_compares_a_value_that_may_be_hidden():
    """A bare value is None when it is hidden: a report of a small market stopped at `value(...) > 1`."""
    folder = PROJECT / "reports" / "templates"
    bare = re.compile(r"value\('[^']+'\) *(?:[<>+*/-]|<=|>=)|(?:[<>+*/]|<=|>=) *value\(")
    found = {
        path.name: match[0] for path in folder.rglob("*.j2") if (match := bare.search(path.read_text(encoding="utf-8")))
    }
    assert found == {}


def test_hidden_number_takes_the_plural_so_that_the_form_gives_nothing_away(tmp_path):
    assert render(tmp_path, FORMS.replace("ID", "few.n")) == "There are fewer than five vendors.\n"


def test_missing_form_is_refused_when_it_is_needed(tmp_path):
    without = FORMS.replace("ID", "none.n").replace("{% zero %}\n\nNone.\n", "")
    error = refusal(tmp_path, without)
    assert "no sentence for the form 'zero' of none.n" in str(error)
    assert error.do == "add {% zero %}"


def test_text_in_front_of_the_first_form_is_refused(tmp_path):
    error = refusal(tmp_path, "{% forms 'none.n' %}\n\nLost words.\n\n{% zero %}\n\nNone.\n\n{% endforms %}")
    assert "no form begins behind {% forms 'none.n' %}: Lost words." in str(error)


def test_forms_inside_forms_choose_each_by_their_own_number(tmp_path):
    inner = FORMS.replace("ID", "one.n")
    outer = "{% forms 'many.n' %}\n\n{% many %}\n\nOuter.\n\n" + inner + "\n{% endforms %}\n"
    assert render(tmp_path, outer) == "Outer.\n\nJust 1\u00a0vendor.\n"


def test_guard_ends_with_its_forms(tmp_path):
    error = refusal(tmp_path, FORMS.replace("ID", "one.n") + "\nAgain {{ count('one.n', 'vendor') }}.\n")
    assert "one.n is 1" in str(error)


def test_interval_that_is_not_there_is_refused(tmp_path):
    assert "many.n has no interval" in str(refusal(tmp_path, "So {{ interval('many.n') }}."))


def test_conditions_see_parts_findings_and_no_hidden_value(tmp_path):
    template = (
        "{% if has('market') and not has('survey') and state('f') == 'rise' and value('few.n') is none %}\n\nYes."
    )
    assert render(tmp_path, template + "\n\n{% endif %}\n\n{% if exists('no.n') %}\n\nNo.\n\n{% endif %}") == "Yes.\n"
    assert (
        render(tmp_path, "{% if prints('r') == 'full' and prints('s') == 'absent' %}\n\nYes.\n\n{% endif %}")
        == "Yes.\n"
    )


def test_missing_and_fuzzy_messages_are_all_named_at_once(tmp_path):
    words = Catalogue("fr", {}, frozenset({("small", "Two.")}), "fr.po")
    error = refusal(tmp_path, "One.\n\nTwo.\n", language="fr", words=words)
    assert "2 messages are not translated into fr" in str(error)
    assert "missing: small.md.j2, line 1 (small): One." in str(error)
    assert "fuzzy: small.md.j2, line 3 (small): Two." in str(error)
    assert error.where == "fr.po"


def test_draft_prints_english_that_is_marked(tmp_path):
    made = render(tmp_path, "# One\n\nTwo.\n", language="fr", words=catalogue({"Two.": "Deux."}), draft=True)
    assert made == "# [en] One\n\nDeux.\n"


@pytest.mark.parametrize(
    ("translation", "fault"),
    [
        ("Soit {{ v('many.n') }}", "leaves out half.share; adds many.n"),
        ("Soit", "leaves out half.share"),
        ("Soit {{ v('half.share') }} {{ v('many.n') }}", "adds many.n"),
        ("Soit {{ value('half.share') }}", "something else than v, interval, count, place, list and spelled"),
        ("Soit {{ v('half.share').__class__ }}", "something else"),
        ("Soit {{ v.__globals__ }} {{ v('half.share') }}", "something else"),
        ("Soit {{ v('half.share') | upper }}", "something else"),
        ("Soit {{ v('half' ~ '.share') }}", "no constant"),
        ("Soit {{ v(name='half.share') }}", "named or unpacked argument"),
        ("Soit {{ v(*['half.share']) }}", "named or unpacked argument"),
        ("Soit {{ v('half.share', 'many.n') }}", "v has not 1 argument"),
        ("Soit {{ v() }}", "v has not 1 argument"),
        ("Soit {% if true %}{{ v('half.share') }}{% endif %}", "a statement stands inside a message"),
        ("Soit {% set v = 1 %}{{ v('half.share') }}", "a statement stands inside a message"),
        ("Soit {{ v('half.share') }", "cannot be used"),
        ("Soit {{ v('half.share') }} {low}", "other placeholders in braces"),
    ],
)
def test_translation_that_calls_anything_else_is_refused(tmp_path, translation, fault):
    words = catalogue({"It is {{ v('half.share') }}": translation})
    error = refusal(tmp_path, "It is {{ v('half.share') }}\n", language="fr", words=words)
    assert fault in str(error)
    assert "small.md.j2, line 1 (small)" in str(error)
    assert error.where == "fr.po"


def test_template_reaches_no_attribute_of_the_machine(tmp_path):
    assert "cannot be rendered" in str(refusal(tmp_path, "So {{ v.__globals__ }}."))


def test_name_that_is_not_there_is_an_error_and_not_empty(tmp_path):
    error = refusal(tmp_path, "So {{ nothing }}.")
    assert "'nothing' is undefined" in str(error)
    assert error.where == "small.md.j2 (en)"


def test_attributes_of_a_heading_reach_the_markdown(tmp_path):
    assert render(tmp_path, "# One {#part}\n\nTwo.") == "# One {#part}\n\nTwo.\n"


def test_exhibit_is_asked_for_in_its_form(tmp_path):
    assert render(tmp_path, "{{ exhibit('a') }}\n{{ exhibit('b', 'table') }}") == "<a as figure>\n\n<b as table>\n"


def test_label_without_translation_stops_what_needs_it(tmp_path):
    words = Catalogue(
        "fr", {("small", "So {{ list('top.list') }}."): "Soit {{ list('top.list') }}."}, frozenset(), "fr.po"
    )
    error = refusal(tmp_path, "So {{ list('top.list') }}.", language="fr", words=words)
    assert "missing: vocabulary.yaml, line 1 (vocabulary.drug_class.mdma): MDMA" in str(error)


def test_label_with_other_placeholders_is_refused(tmp_path):
    words = catalogue()
    name = "vocabulary.interval.exact"
    changed = dict(words.translated) | {
        (name, "({level} interval: {low} to {high})"): "({level.real} : {low} à {high})"
    }
    translator = context("fr", Catalogue("fr", changed, frozenset(), "fr.po")).translator
    with pytest.raises(TranslationError, match="other placeholders in braces"):
        translator.text(name)


def test_unknown_label_is_refused_with_labels_near_it():
    with pytest.raises(TranslationError) as error:
        context().translator.text("vocabulary.noun.vendor.ones")
    assert "vocabulary.noun.vendor.one" in error.value.do


def test_threshold_without_words_is_refused():
    with pytest.raises(TranslationError, match=r"there is no message 'vocabulary.hidden.4'"):
        context().translator.hidden(4)
