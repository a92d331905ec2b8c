"""The demo's texts, pictures and files keep what was promised of them."""

import re
import zipfile
from collections import Counter
from itertools import chain

import pytest
import yaml
from docx import Document
from openpyxl import load_workbook
from PIL import Image
from pptx import Presentation

from portal.demo.draw import PICTURES
from portal.demo.loader.content import CONTENT, DEMO, FILES, cases, methods, read, read_folder

METHODS = methods()
HAZARDS = {"prohibition", "warning", "mandatory", "information"}
SENTENCE_END = re.compile(r"[。！？；\n]")


def words_of(data):
    """Every text of a method that is prose: not its keys, names of things, people or figures."""
    skipped = {
        "slug", "studio", "script", "inventors", "trades", "equipment", "tags", "related", "tools", "protective_gear",
        "honours", "picture", "kind", "level", "values", "releases", "by", "where",
    }  # fmt: skip
    if isinstance(data, dict):
        return chain.from_iterable(words_of(value) for name, value in data.items() if name not in skipped)
    if isinstance(data, list):
        return chain.from_iterable(map(words_of, data))
    return [data] if isinstance(data, str) else []


def sentences_of(method):
    parts = chain.from_iterable(SENTENCE_END.split(text) for text in words_of(method))
    return {re.sub(r"\W", "", part) for part in parts if len(re.sub(r"\W", "", part)) >= 7}


def figures_of(method):
    return [value for step in method["steps"] for value in step.get("values", [])]


def pictures_of(method):
    return [step[side]["picture"] for step in method["steps"] for side in ("right", "wrong") if side in step]


def test_there_is_at_least_what_the_product_promises():
    reading, questions = read("reading/textbooks"), read("reading/questions")["questions"]
    assert len(METHODS) >= 14
    assert len(cases()) >= 8
    assert sum(case["kind"] == "accident" for case in cases()) >= 2
    assert len(reading["textbooks"]) >= 2
    assert len(reading["coursewares"]) >= 2
    assert len(questions) >= 4
    assert len(read("materials")["materials"]) >= 6
    assert len(read("people")["people"]) >= 14
    assert {studio["script"] for studio in read("studios")["studios"]} == {"zh-Hans", "zh-Hant"}


def test_every_role_is_held_by_somebody():
    held = {role["role"] for person in read("people")["people"] for role in person["roles"]}
    assert held >= {
        "trainee",
        "master",
        "studio_head",
        "editor",
        "hr",
        "unit_union",
        "company_union",
        "auditor",
        "administrator",
    }


@pytest.mark.parametrize("method", METHODS, ids=lambda method: method["slug"])
def test_a_method_has_steps_values_hazards_and_pictures(method):
    assert len(method["steps"]) >= 5
    assert all(step["action"] and step["key_point"] and step["why"] for step in method["steps"])
    figures = [value for value in figures_of(method) if value["unit"]]
    assert len(figures) >= 2
    assert all(value["min"] <= value["target"] <= value["max"] for value in figures)
    assert method["hazards"]
    assert {hazard["kind"] for hazard in method["hazards"]} <= HAZARDS
    assert len(set(pictures_of(method))) >= 2
    assert re.search(r"\d|[一二三四五六七八九十]", method["effect"])


def test_no_sentence_stands_in_two_methods():
    counted = Counter(chain.from_iterable(sentences_of(method) for method in METHODS))
    assert [sentence for sentence, times in counted.items() if times > 1] == []


def test_no_two_pictures_are_the_same():
    used = Counter(chain.from_iterable(set(pictures_of(method)) for method in METHODS))
    assert max(used.values()) == 1
    contents = Counter((FILES / "pictures" / f"{name}.webp").read_bytes() for name in used)
    assert max(contents.values()) == 1


@pytest.mark.parametrize("name", sorted(PICTURES))
def test_a_picture_opens_and_stays_small(name):
    path = FILES / "pictures" / f"{name}.webp"
    assert path.stat().st_size <= 60_000
    with Image.open(path) as picture:
        assert picture.size == ((800, 800) if name.startswith("portrait-") else (1200, 800))


def test_every_picture_that_is_named_is_there_with_words_for_it():
    for path in CONTENT.rglob("*.yaml"):
        for picture, alt in named_pictures(yaml.safe_load(path.read_text(encoding="utf-8"))):
            assert (FILES / "pictures" / f"{picture}.webp").exists(), (path.name, picture)
            assert alt, (path.name, picture)


def named_pictures(data):
    if isinstance(data, dict):
        if isinstance(data.get("picture"), str):
            yield data["picture"], data.get("alt") or data.get("picture_alt")
        for value in data.values():
            yield from named_pictures(value)
    elif isinstance(data, list):
        for item in data:
            yield from named_pictures(item)


def test_what_the_texts_refer_to_exists():
    slugs = {row["slug"] for row in [*METHODS, *cases()]}
    slugs |= {row["slug"] for kind in ("textbooks", "coursewares") for row in read("reading/textbooks")[kind]}
    slugs |= {row["slug"] for row in read("reading/questions")["questions"]}
    for row in [*METHODS, *cases(), *read("reading/questions")["questions"]]:
        assert set(row.get("related", [])) | set(row.get("related_methods", [])) <= slugs
    for course in read_folder("courses"):
        assert {lesson["piece"] for lesson in course["lessons"] if "piece" in lesson} <= slugs
    for material in read("materials")["materials"]:
        assert set(material["used_by"]) <= slugs


def test_every_course_teaches_a_method_and_ends_with_a_quiz():
    methods_slugs = {method["slug"] for method in METHODS}
    courses = read_folder("courses")
    assert len(courses) >= 3
    for course in courses:
        kinds = [lesson["kind"] for lesson in course["lessons"]]
        assert {lesson.get("piece") for lesson in course["lessons"]} & methods_slugs
        assert "reading" in kinds
        assert kinds[-1] == "quiz"
        asked = course["lessons"][-1]["questions"]
        assert {question["kind"] for question in asked} == {"single", "multiple", "truefalse"}
        assert all(question["explanation"] for question in asked)
        assert sum(question["points"] for question in asked) == 100
    leaks = next(course for course in courses if course["slug"] == "course-leak-stopping")
    assert "wooden-plug-leak-stop" in {lesson.get("piece") for lesson in leaks["lessons"]}
    assert "video" in {lesson["kind"] for lesson in leaks["lessons"]}


def test_files_open_and_are_of_several_pages():
    documents = FILES / "documents"
    for path in documents.glob("*.pdf"):
        data = path.read_bytes()
        assert data.startswith(b"%PDF")
        assert len(re.findall(rb"/Type\s*/Page\b", data)) >= 3 or b"/ObjStm" in data
    deck = Presentation(documents / "seven-words-slides.pptx")
    assert len(deck.slides) >= 6
    assert all(slide.notes_slide.notes_text_frame.text for slide in deck.slides)
    assert any(shape.has_table for slide in deck.slides for shape in slide.shapes)
    for path in documents.glob("*.xlsx"):
        assert len(load_workbook(path).sheetnames) >= 3
    for path in documents.glob("*.docx"):
        document = Document(path)
        assert document.tables
        assert any("w:br" in paragraph._p.xml for paragraph in document.paragraphs)
        assert zipfile.ZipFile(path).testzip() is None


def test_the_film_is_small_and_has_subtitles():
    film = FILES / "video" / "wooden-plug.mp4"
    assert film.stat().st_size <= 1_500_000
    assert film.read_bytes()[4:8] == b"ftyp"
    cues = (FILES / "video" / "wooden-plug.zh.vtt").read_text(encoding="utf-8")
    assert cues.startswith("WEBVTT")
    assert cues.count("-->") >= 6


def test_all_that_is_checked_in_stays_below_eight_megabytes():
    assert sum(path.stat().st_size for path in DEMO.rglob("*") if path.is_file() and path.suffix != ".pyc") < 8_000_000


def test_gold_queries_name_pages_of_the_demo():
    gold = yaml.safe_load((DEMO.parents[1] / "bench/relevance/gold.yaml").read_text(encoding="utf-8"))["queries"]
    text = "".join(path.read_text(encoding="utf-8") for path in CONTENT.rglob("*.yaml"))
    slugs = set(re.findall(r"slug: ([a-z0-9-]+)", text))
    assert len(gold) >= 60
    assert len({query["id"] for query in gold}) == len(gold)
    assert {slug for query in gold for slug in query["expect"]} <= slugs
