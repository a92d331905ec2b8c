"""The dictionary in the admin, as editors, masters and auditors use it."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from people.models import Role
from search.dictionary import services
from search.dictionary.models import Term, TermChange, TermState
from search.insight.services import asked_record, flush
from search.sync.drain import drain_all
from tests.factories.kb import make_method
from tests.factories.people import TradeFactory, UserFactory, grant
from tests.factories.studios import make_studio

pytestmark = pytest.mark.django_db


@pytest.fixture
def head():
    """The head of a studio, who may enter the admin."""
    return make_studio().memberships.get().person


def workbook_of(*rows) -> SimpleUploadedFile:
    book = Workbook()
    for row in (("类别", "词", "同义词或全称", "工种", "说明"), *rows):
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return SimpleUploadedFile("词典.xlsx", buffer.getvalue())


def test_an_editor_adds_a_word_changes_it_and_deletes_it_after_a_question(client, editor):
    client.force_login(editor)
    form = {"kind": "word", "text": "快堵灵", "state": "approved", "meaning": "", "trade": "", "note": ""}
    answer = client.post(reverse("dictionary:add"), form, follow=True)
    assert "“快堵灵”已加入词典" in answer.content.decode()
    term = Term.objects.get()
    assert (term.created_by, term.state) == (editor, TermState.APPROVED)
    client.post(reverse("dictionary:edit", args=[term.pk]), {**form, "note": "堵漏剂"})
    assert Term.objects.get().note == "堵漏剂"
    assert "编辑甲" in client.get(reverse("dictionary:history", args=[term.pk])).content.decode()
    assert "要从词典删除“快堵灵”吗？" in client.get(reverse("dictionary:delete", args=[term.pk])).content.decode()
    client.post(reverse("dictionary:delete", args=[term.pk]))
    assert not Term.objects.exists()
    assert TermChange.objects.count() == 3


def test_a_wrong_row_is_told_at_its_field(client, editor):
    client.force_login(editor)
    answer = client.post(reverse("dictionary:add"), {"kind": "abbreviation", "text": "压机", "state": "approved"})
    assert "请填写同义词或全称。" in answer.content.decode()
    assert not Term.objects.exists()


def test_a_head_proposes_and_cannot_decide(client, head):
    client.force_login(head)
    assert 'name="state"' not in client.get(reverse("dictionary:add")).content.decode()
    answer = client.post(
        reverse("dictionary:add"), {"kind": "word", "text": "快堵灵", "state": "approved"}, follow=True
    )
    assert "等编辑确认" in answer.content.decode()
    assert Term.objects.get().state == TermState.PROPOSED
    services.term_decide(actor=_editor(), term=Term.objects.get(), approve=True)
    answer = client.post(reverse("dictionary:edit", args=[Term.objects.get().pk]), {"kind": "word", "text": "别的"})
    assert answer.status_code in (302, 403)
    assert Term.objects.get().text == "快堵灵"


def _editor():
    person = UserFactory()
    grant(person, Role.EDITOR)
    return person


def test_the_list_is_searched_filtered_and_exported_as_it_is_imported(client, editor, django_assert_max_num_queries):
    trade = TradeFactory(name="起重工")
    for number in range(30):
        services.term_save(actor=editor, text=f"词条第{number}号", trade=trade)
    services.term_save(actor=editor, kind="synonyms", text="天车", meaning="行车", trade=trade)
    client.force_login(editor)
    with django_assert_max_num_queries(40):
        assert client.get(reverse("dictionary:index")).status_code == 200
    found = client.get(reverse("dictionary:index"), {"q": "天车"}).content.decode()
    assert "行车" in found
    assert "词条第1号" not in found
    answer = client.get(reverse("dictionary:index"), {"export": "xlsx", "kind": "synonyms"})
    rows = list(load_workbook(io.BytesIO(answer.content)).active.values)
    assert rows == [("类别", "词", "同义词或全称", "工种", "说明"), ("同义词组", "天车", "行车", "起重工", None)]
    uploaded = SimpleUploadedFile("词典.xlsx", answer.content)
    tried = client.post(reverse("dictionary:import"), {"file": uploaded}).content.decode()
    assert "新增 0 行，修改 0 行，未变 1 行" in tried
    assert client.get(reverse("dictionary:index"), {"export": "csv"}).status_code == 200


def test_an_import_is_tried_first_and_names_what_is_wrong_by_row(client, editor):
    TradeFactory(name="起重工")
    client.force_login(editor)
    file = workbook_of(
        ("词语", "快堵灵", None, None, "堵漏剂"),
        ("同义词组", "天车", "行车", "起重工", None),
        ("词语", "快堵靈", None, None, None),
        ("俗名", "压机", "压缩机", None, None),
        ("简称", "压机", None, "没有的工种", None),
    )
    answer = client.post(reverse("dictionary:import"), {"file": file})
    told = answer.content.decode()
    for sentence in ("类别只能是", "这张表里前面已有同样的一行", "这一格要填", "没有这个工种"):
        assert sentence in told
    assert not Term.objects.exists()
    client.post(reverse("dictionary:import"), {"draft": answer.context["draft"]})
    assert set(Term.objects.values_list("text", "state")) == {("快堵灵", "approved"), ("天车", "approved")}
    told = client.post(reverse("dictionary:import"), {"draft": "made up"}, follow=True).content.decode()
    assert "请重新上传文件" in told


@pytest.mark.parametrize("content", [b"no workbook", b""])
def test_a_file_that_is_no_workbook_is_refused(client, editor, content):
    client.force_login(editor)
    answer = client.post(reverse("dictionary:import"), {"file": SimpleUploadedFile("a.xlsx", content)})
    assert answer.status_code == 400


def test_too_many_rows_are_refused(client, editor):
    client.force_login(editor)
    file = workbook_of(*[("词语", f"词条第{number}号") for number in range(1001)])
    assert "一次最多导入 1000 行" in client.post(reverse("dictionary:import"), {"file": file}).content.decode()


def test_the_template_can_be_imported(client, editor):
    client.force_login(editor)
    content = client.get(reverse("dictionary:import_template")).content
    told = client.post(reverse("dictionary:import"), {"file": SimpleUploadedFile("a.xlsx", content)}).content.decode()
    assert "没有这个工种" in told


def test_a_trial_shows_the_cut_before_and_after_and_how_many_pieces_it_touches(client, editor, engine):
    make_method(title="快堵灵的用法", published=True)
    drain_all(engine)
    client.force_login(editor)
    found = client.get(reverse("dictionary:preview"), {"term": "快堵灵"})
    preview = found.context["preview"]
    assert preview.touched == 1
    assert "快堵灵" in preview.cuts[0].after
    assert "快堵灵" not in preview.cuts[0].before
    assert not preview.known
    pasted = client.get(reverse("dictionary:preview"), {"term": "", "text": "YJV-22 电缆\n安全阀"}).context["preview"]
    assert [cut.before for cut in pasted.cuts] == [("yjv-22", "电缆"), ("安全阀",)]
    assert pasted.touched is None
    assert client.get(reverse("dictionary:preview"), {"term": "安全阀", "text": "x"}).context["preview"].known
    assert client.get(reverse("dictionary:preview"), {"term": "阀"}).context["form"].errors
    assert client.get(reverse("dictionary:preview"), {"term": ""}).context["form"].errors
    assert client.get(reverse("dictionary:preview"), {"term": "co2", "text": "co2"}).context["preview"].touched == 0


def test_a_trial_counts_only_what_the_person_may_see(client, head, engine):
    make_method(title="快堵灵的用法", published=True, own_audience=["role:auditor"])
    drain_all(engine)
    client.force_login(head)
    preview = client.get(reverse("dictionary:preview"), {"term": "快堵灵"}).context["preview"]
    assert (preview.touched, preview.cuts) == (0, ())


def test_words_of_titles_are_proposed_until_somebody_decides(client, editor):
    for title in ("快堵灵的用法", "用快堵灵处理法兰", "冬季快堵灵保存"):
        make_method(title=title, published=True)
    client.force_login(editor)
    assert "快堵灵" in client.get(reverse("dictionary:proposals")).content.decode()
    services.term_decide(actor=editor, term=services.term_save(actor=editor, text="快堵灵").term, approve=False)
    assert "快堵灵" not in client.get(reverse("dictionary:proposals")).content.decode()


def test_what_was_asked_and_not_found_is_proposed(client, editor):
    for text in (
        "快堵灵",
        "安全阀",
        "“量子散热”",
        "堵漏 -木塞",
        "赵一鸣的一个很长很长的问题要怎样才能写完整而且不会被当成词",
    ):
        asked_record(text=text, total=0)
    flush()
    client.force_login(editor)
    searches = client.get(reverse("dictionary:proposals")).context["searches"]
    assert searches == [{"text": "快堵灵", "times": 1}]


def test_changes_are_listed_and_undone(client, editor, head):
    term = services.term_save(actor=editor, text="快堵灵").term
    change = services.term_delete(actor=editor, term=term)
    client.force_login(editor)
    assert "删除“快堵灵”" in client.get(reverse("dictionary:changes")).content.decode()
    client.post(reverse("dictionary:undo", args=[change.pk]))
    assert Term.objects.get().text == "快堵灵"
    told = client.post(reverse("dictionary:undo", args=[change.pk]), follow=True).content.decode()
    assert "不能直接撤销" in told
    client.force_login(head)
    assert client.post(reverse("dictionary:undo", args=[change.pk])).status_code == 403


def test_auditors_read_and_members_stay_out(client):
    auditor = UserFactory()
    grant(auditor, Role.AUDITOR)
    client.force_login(auditor)
    for name in ("index", "preview", "changes"):
        assert client.get(reverse(f"dictionary:{name}")).status_code == 200
    for name in ("add", "import", "proposals"):
        assert client.get(reverse(f"dictionary:{name}")).status_code in (302, 403)
