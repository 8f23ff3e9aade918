"""The policy's Markdown becomes safe HTML with an anchor on every article."""

from policy.views.prose import contents, render

TEXT = "# 題\n\n前文\n\n## 第2条 情報\n\n### 2-1 フォーム\n\n本文\n\n## 付記\n\n終わり\n"


def test_articles_have_anchors_and_other_headings_none() -> None:
    html = render(TEXT)
    assert '<h2 id="article-2">第2条 情報</h2>' in html
    assert '<h3 id="article-2-1">2-1 フォーム</h3>' in html
    assert "<h2>付記</h2>" in html


def test_the_texts_own_title_is_left_to_the_page() -> None:
    assert "<h1" not in render(TEXT)
    assert render(TEXT).startswith("<p>前文")


def test_a_text_without_a_title_keeps_its_first_words() -> None:
    assert render("最初の段落\n\n## 第1条 あ") == '<p>最初の段落</p>\n<h2 id="article-1">第1条 あ</h2>\n'


def test_html_in_the_text_is_shown_and_not_run() -> None:
    html = render('<script>alert(1)</script>\n\n<b onclick="x">太字</b>')
    assert "<script" not in html
    assert "<b " not in html
    assert "&lt;script&gt;" in html


def test_a_script_address_is_no_link() -> None:
    assert "<a" not in render("[押す](javascript:alert(1))")


def test_an_image_is_never_fetched() -> None:
    assert "<img" not in render("![印](https://example.com/x.png)")


def test_a_table_scrolls_and_carries_no_inline_style() -> None:
    html = render("| 種類 | 額 |\n|:--|--:|\n| 開示 | 0円 |\n")
    assert 'class="table-scroll" tabindex="0"' in html
    assert "<td>0円</td>" in html
    assert "style=" not in html


def test_the_contents_nest_articles_inside_articles() -> None:
    (entry,) = contents(TEXT)
    assert entry.article.heading == "第2条 情報"
    assert [article.anchor for article in entry.inside] == ["article-2-1"]
