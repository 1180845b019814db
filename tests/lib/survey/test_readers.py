"""Small exports of each platform, as text: heads, labels by language, routing, and what may not stand in a table."""

import io
import zipfile

import pytest
from cryptodrug.errors import InputError
from cryptodrug.survey.limesurvey_structure import read_structure as lime_structure
from cryptodrug.survey.mapping import Layout
from cryptodrug.survey.read_dictionary import read_kobo, read_redcap
from cryptodrug.survey.read_limesurvey import heading, read_limesurvey
from cryptodrug.survey.read_plain import read_plain
from cryptodrug.survey.read_qualtrics import read_qualtrics
from cryptodrug.survey.text_table import kept_columns, unique_names
from hypothesis import given
from hypothesis import strategies as st

PLAIN = Layout()


def written(folder, name, text):
    (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder / name


def workbook(sheets):
    """An `.xlsx` with shared strings, as spreadsheets write it."""
    words = list(dict.fromkeys(cell for rows in sheets.values() for row in rows for cell in row if cell))
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    link = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        names = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="r{n}"/>' for n, name in enumerate(sheets, 1))
        package.writestr(
            "xl/workbook.xml", f'<workbook xmlns="{main}" xmlns:r="{link}"><sheets>{names}</sheets></workbook>'
        )
        rels = "".join(f'<Relationship Id="r{n}" Target="worksheets/sheet{n}.xml"/>' for n, _ in enumerate(sheets, 1))
        package.writestr("xl/_rels/workbook.xml.rels", f"<Relationships>{rels}</Relationships>")
        strings = "".join(f"<si><t>{word}</t></si>" for word in words)
        package.writestr("xl/sharedStrings.xml", f'<sst xmlns="{main}">{strings}</sst>')
        for number, rows in enumerate(sheets.values(), 1):
            lines = ""
            for line, row in enumerate(rows, 1):
                cells = "".join(
                    f'<c r="{chr(65 + place)}{line}" t="s"><v>{words.index(cell)}</v></c>'
                    for place, cell in enumerate(row)
                    if cell
                )
                lines += f"<row>{cells}</row>"
            sheet = f'<worksheet xmlns="{main}"><sheetData>{lines}</sheetData></worksheet>'
            package.writestr(f"xl/worksheets/sheet{number}.xml", sheet)
    return stream.getvalue()


LSS = """<?xml version="1.0" encoding="UTF-8"?><document>
<LimeSurveyDocType>Survey</LimeSurveyDocType><DBVersion>500</DBVersion>
<questions><rows>
<row><qid>1</qid><parent_qid>0</parent_qid><type>L</type><title>sex</title><relevance>1</relevance></row>
<row><qid>2</qid><parent_qid>0</parent_qid><type>M</type><title>mot</title>
<relevance><![CDATA[sex.NAOK == "1"]]></relevance></row>
</rows></questions>
<subquestions><rows><row><qid>3</qid><parent_qid>2</parent_qid><type>T</type><title>a</title></row></rows>
</subquestions>
<question_l10ns><rows>
<row><qid>1</qid><question><![CDATA[<p>Your&nbsp;<b>sex</b>?</p>]]></question><language>en</language></row>
<row><qid>1</qid><question>Votre sexe ?</question><language>fr</language></row>
<row><qid>2</qid><question>Why?</question><language>en</language></row>
<row><qid>3</qid><question>price</question><language>en</language></row>
</rows></question_l10ns>
<answers><rows><row><aid>9</aid><qid>1</qid><code>1</code></row></rows></answers>
<answer_l10ns><rows><row><aid>9</aid><answer>woman</answer><language>en</language></row>
<row><aid>9</aid><answer>femme</answer><language>fr</language></row></rows></answer_l10ns></document>"""


def test_the_structure_of_newer_versions_has_its_texts_in_tables_of_their_own(tmp_path):
    book, sets = lime_structure(written(tmp_path, "a.lss", LSS))
    assert book["sex"].question == {"en": "Your sex ?", "fr": "Votre sexe ?"}
    assert book["sex"].labels == {"1": {"en": "woman", "fr": "femme"}}
    assert book["mot[a]"].question == {"en": "Why? | price"} and book["mot[a]"].asked_if == 'sex.NAOK == "1"'
    assert sets == {"mot": ["mot[a]"]} and book["sex"].asked_if is None


def test_a_structure_with_entities_or_of_something_else_is_refused(tmp_path):
    bomb = '<!DOCTYPE a [<!ENTITY b "c">]><document/>'
    with pytest.raises(InputError, match="declares entities"):
        lime_structure(written(tmp_path, "a.lss", bomb))
    with pytest.raises(InputError, match="no LimeSurvey structure"):
        lime_structure(written(tmp_path, "b.lss", "<document/>"))
    with pytest.raises(InputError, match="damaged"):
        lime_structure(written(tmp_path, "c.lss", "<document>"))


@pytest.mark.parametrize("name", ["mot[a]", "mot_a", "mot.a.", "mot[a]. Why? [price]"])
def test_a_heading_is_recognised_in_each_form_of_the_export(name):
    assert heading(name, {"sex", "mot[a]"}) == "mot[a]"


def test_limesurvey_says_of_a_record_what_is_needed_and_no_more(tmp_path):
    text = (
        '"id","submitdate","lastpage","startlanguage","startdate","datestamp","ipaddr","sex"\r\n'
        '"4","2019-05-03 10:31:59","3","fr","2019-05-03 10:20:01","2019-05-03 10:31:59","192.0.2.7","1"\r\n'
        '"5","","1","nl","2019-05-03 10:20:01","","192.0.2.8",""\r\n\r\n'
    )
    allowed = ["sex", "@number", "@finished", "@last_page", "@month", "@minutes", "@language"]
    export = read_limesurvey(written(tmp_path, "a.csv", text), written(tmp_path, "a.lss", LSS), PLAIN, allowed)
    assert export.rows.iloc[0].tolist() == ["1", 4, 1, 3, 201905, 11, "fr"]
    assert export.rows["@finished"].tolist() == [1, 0] and export.left == 7
    assert "192.0.2" not in export.rows.to_csv() and "10:20" not in export.rows.to_csv()


QUALTRICS = "Finished,Progress,IPAddress,Q1,Q2\nFinished,Progress,IP,How often?,Why?\n"


def test_qualtrics_has_two_lines_of_heads_or_three(tmp_path):
    third = '"{""ImportId"":""finished""}","{""ImportId"":""p""}","{""ImportId"":""i""}","{""ImportId"":""QID1""}",x\n'
    answers = "1,100,192.0.2.7,2,words\n0,40,192.0.2.8,,\n"
    allowed = ["Q1", "@finished", "@last_page"]
    for name, text in (("two.csv", QUALTRICS + answers), ("three.csv", QUALTRICS + third + answers)):
        export = read_qualtrics(written(tmp_path, name, text), None, PLAIN, allowed, pages=5)
        assert export.rows["Q1"].tolist() == ["2", ""] and export.rows["@last_page"].tolist() == [5, 2]
        assert export.question("Q1", "en") == "How often?" and "192.0.2" not in export.rows.to_csv()


REDCAP = (
    '"Variable / Field Name","Form Name","Field Type","Field Label","Choices, Calculations, OR Slider Labels",'
    '"Branching Logic (Show field only if...)"\n'
    'sex,f,radio,"<b>Sex</b>","1, woman | 2, man, other",\n'
    "why,f,checkbox,Why?,\"1, price | -7, none\",[sex] = '1'\n"
    "ok,f,yesno,Agreed?,,\n"
)


def test_redcap_has_a_column_for_each_box(tmp_path):
    table = written(tmp_path, "a.csv", "record_id,sex,why___1,why____7,ok\n1,2,0,1,1\n")
    allowed = ["sex", "why___1", "why____7", "ok"]
    export = read_redcap(table, written(tmp_path, "d.csv", REDCAP), PLAIN, allowed)
    assert export.labels("sex", "en") == {"1": "woman", "2": "man, other"}
    assert export.question("why____7", "en") == "Why? | none"
    assert export.book["why___1"].asked_if == "[sex] = '1'"
    assert export.sets == {"why": ["why___1", "why____7"]} and export.labels("ok", "en")["0"] == "No"


def test_kobo_reads_its_form_in_every_language_and_sees_through_groups(tmp_path):
    survey = [
        ["type", "name", "label::English (en)", "label::Français (fr)", "relevant"],
        ["begin_group", "page"],
        ["select_one sex", "sex", "Sex", "Sexe"],
        ["select_multiple why", "why", "Why?", "Pourquoi ?", "${sex} = '1'"],
    ]
    choices = [
        ["list_name", "name", "label::English (en)", "label::Français (fr)"],
        ["sex", "1", "woman", "femme"],
        ["why", "price", "price", "prix"],
    ]
    form = written(tmp_path, "form.xlsx", workbook({"survey": survey, "choices": choices}))
    table = written(tmp_path, "a.csv", "start,page/sex,page/why,page/why/price\n2019-05-03T10:20:01,1,price,1\n")
    export = read_kobo(table, form, PLAIN, ["sex", "why/price"])
    assert export.rows.iloc[0].tolist() == ["1", "1"]
    assert export.labels("sex", "fr") == {"1": "femme"} and export.question("why/price", "fr") == "Pourquoi ? | prix"
    assert export.book["why/price"].asked_if == "${sex} = '1'"


def test_a_workbook_is_a_table_too_and_a_broken_one_is_refused(tmp_path):
    file = written(tmp_path, "a.xlsx", workbook({"one": [["sex", "", "age"], ["1", "", "30"], ["", "x", "40"]]}))
    export = read_plain(file, None, PLAIN, ["age", "sex"])
    assert export.rows["sex"].tolist() == ["1", ""] and export.rows["age"].tolist() == ["30", "40"]
    with pytest.raises(InputError, match="workbook cannot be read"):
        read_plain(written(tmp_path, "b.xlsx", b"PK no zip"), None, PLAIN, ["sex"])


def test_a_line_with_more_answers_than_heads_is_refused_and_a_trailing_separator_is_not(tmp_path):
    good = written(tmp_path, "a.csv", "﻿sex;why;\n1;2;\n2;\n")
    layout = Layout(separator=";")
    assert read_plain(good, None, layout, ["sex", "why"]).rows["why"].tolist() == ["2", ""]
    bad = written(tmp_path, "b.csv", "sex,why\n1,a word, and another\n")
    with pytest.raises(InputError, match="answer line 1 has 3 cells under 2 heads"):
        read_plain(bad, None, PLAIN, ["sex"])


def test_another_encoding_is_said_never_guessed(tmp_path):
    file = written(tmp_path, "a.csv", "sex,place\n1,Liège\n".encode("windows-1252"))
    with pytest.raises(InputError, match="not written in utf-8"):
        read_plain(file, None, PLAIN, ["sex"])
    assert read_plain(file, None, Layout(encoding="windows-1252"), ["place"]).rows["place"].tolist() == ["Liège"]


CELLS = st.lists(st.text(max_size=8).filter(lambda text: "\x00" not in text), min_size=1, max_size=6)


@given(CELLS, st.data())
def test_only_allowed_columns_are_kept_whatever_stands_in_the_others(heads, data):
    names = unique_names(heads)
    named = [name for name in names if name]
    assert len(named) == len(set(named))
    allowed = data.draw(st.lists(st.sampled_from(named), unique=True)) if named else []
    rows = [[f"secret{place}" for place, _ in enumerate(names)]] * 3
    table, left = kept_columns(rows, names, "file", allowed)
    assert list(table.columns) == allowed and left == len(named) - len(allowed)
    assert set(table.to_numpy().ravel()) == {f"secret{names.index(name)}" for name in allowed}


PLANTED = {
    "ip": "192.0.2.7",
    "mail": "a@example.org",
    "agent": "Mozilla/5.0",
    "begun": "2019-05-03 10:20:01",
    "why": "words",
}


@pytest.mark.parametrize("platform", ["plain", "workbook", "redcap", "kobo", "limesurvey", "qualtrics"])
def test_what_is_not_allowed_never_comes_in_from_any_platform(platform, tmp_path):
    heads, cells = ["sex", *PLANTED], ["1", *PLANTED.values()]
    lines = [heads, heads, cells] if platform == "qualtrics" else [heads, cells]
    if platform == "workbook":
        file = written(tmp_path, "a.xlsx", workbook({"one": lines}))
    else:
        file = written(tmp_path, "a.csv", "\n".join(",".join(line) for line in lines) + "\n")
    readers = {"redcap": read_redcap, "kobo": read_kobo, "limesurvey": read_limesurvey, "qualtrics": read_qualtrics}
    export = readers.get(platform, read_plain)(file, None, PLAIN, ["sex"])
    assert export.rows["sex"].tolist() == ["1"] and list(export.rows.columns) == ["sex"]
    assert export.left == len(PLANTED)
    assert not [text for text in PLANTED.values() if text in repr(export) + export.rows.to_csv()]
