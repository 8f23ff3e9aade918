"""What changed between two texts, as a reader of Japanese wants to see it."""

from policy.rules.changes import Change, Kind, Piece, compare


def test_the_same_text_has_no_changes() -> None:
    assert compare("## 第1条 あ\n\n文。", "## 第1条 あ\n\n文。") == ()


def test_blank_lines_and_indents_are_no_change() -> None:
    assert compare("## 第1条 あ\n\n文。", "## 第1条 あ\n\n\n  文。\n") == ()


def test_a_list_items_bullet_is_no_word_of_it() -> None:
    (section,) = compare("## 第9条 保存\n\n- 期間は2年間です", "## 第9条 保存\n\n* 期間は3年間です")
    assert section.changes[0].pieces[0] == Piece(Kind.SAME, "期間は")


def test_a_changed_number_is_marked_whole_and_under_its_article() -> None:
    (section,) = compare(
        "## 第8条 請求\n\n同じ文。\n\n## 第9条 保存\n\n終了後は90日以内を目安にします。",
        "## 第8条 請求\n\n同じ文。\n\n## 第9条 保存\n\n終了後は60日以内を目安にします。",
    )
    assert section.heading == "第9条 保存"
    assert section.changes == (
        Change(
            Kind.CHANGED,
            (
                Piece(Kind.SAME, "終了後は"),
                Piece(Kind.REMOVED, "90"),
                Piece(Kind.ADDED, "60"),
                Piece(Kind.SAME, "日以内を目安にします。"),
            ),
        ),
    )


def test_an_added_and_a_removed_line_stand_in_their_own_articles() -> None:
    before = "## 第1条 あ\n\n甲についての文です。\n\n## 第2条 い\n\n乙。"
    after = "## 第1条 あ\n\n## 第2条 い\n\n乙。\n\n全く新しい一行"
    first, second = compare(before, after)
    assert (first.heading, first.changes[0].kind) == ("第1条 あ", Kind.REMOVED)
    assert (second.heading, second.changes[0].kind) == ("第2条 い", Kind.ADDED)


def test_unlike_lines_are_one_removed_and_one_added() -> None:
    (section,) = compare("メールでお知らせします。", "委託先を監督する。")
    assert sorted(change.kind for change in section.changes) == [Kind.ADDED, Kind.REMOVED]


def test_single_kept_characters_between_changes_are_drawn_into_the_change() -> None:
    (section,) = compare("当社は甲の乙について定めます。", "当社は丙の丁について定めます。")
    marked = [piece.text for piece in section.changes[0].pieces if piece.kind is not Kind.SAME]
    assert marked == ["甲の乙", "丙の丁"]


def test_the_pieces_rebuild_both_lines() -> None:
    before = "保存は、最後のご連絡から2年間（法令で要るときを除く）です。"
    after = "保存期間は、最終のご連絡の日から3年間です（紛争のときを除く）。"
    (section,) = compare(before, after)
    pieces = section.changes[0].pieces
    assert "".join(piece.text for piece in pieces if piece.kind is not Kind.ADDED) == before
    assert "".join(piece.text for piece in pieces if piece.kind is not Kind.REMOVED) == after


def test_a_removed_heading_is_shown_under_itself() -> None:
    sections = compare("## 第1条 あ\n\n文。\n\n## 付則\n\n細かい定め。", "## 第1条 あ\n\n文。")
    assert [section.heading for section in sections] == ["付則"]
    assert [change.kind for change in sections[0].changes] == [Kind.REMOVED, Kind.REMOVED]
