"""2-1: Latin letters as the katakana they may be read as, in the spellings that people use for their names."""

import re
import unicodedata

_ROWS = {
    "": "アイウエオ",
    "k": "カキクケコ",
    "s": "サシスセソ",
    "t": "タチツテト",
    "n": "ナニヌネノ",
    "h": "ハヒフヘホ",
    "m": "マミムメモ",
    "r": "ラリルレロ",
    "g": "ガギグゲゴ",
    "z": "ザジズゼゾ",
    "d": "ダヂヅデド",
    "b": "バビブベボ",
    "p": "パピプペポ",
}
_SYLLABLES = {
    head + vowel: kana for head, row in _ROWS.items() for vowel, kana in zip("aiueo", row, strict=True)
}
_SYLLABLES |= {
    "shi": "シ",
    "chi": "チ",
    "tsu": "ツ",
    "fu": "フ",
    "ji": "ジ",
    "ya": "ヤ",
    "yu": "ユ",
    "yo": "ヨ",
    "wa": "ワ",
}
_GLIDES = {
    "k": "キ",
    "s": "シ",
    "t": "チ",
    "n": "ニ",
    "h": "ヒ",
    "m": "ミ",
    "r": "リ",
    "g": "ギ",
    "z": "ジ",
    "b": "ビ",
    "p": "ピ",
}
_SYLLABLES |= {
    head + "y" + vowel: kana + small
    for head, kana in _GLIDES.items()
    for vowel, small in zip("auo", "ャュョ", strict=True)
}
_SYLLABLES |= {
    head + vowel: kana + small
    for head, kana in (("sh", "シ"), ("ch", "チ"), ("j", "ジ"))
    for vowel, small in zip("auo", "ャュョ", strict=True)
}
_PART = re.compile(r"([kstcpgdbz])(?=\1|ch)|(n)(?![aiueoy])|(m)(?=[bmp])|([^aiueo]{0,3}[aiueo])")
_LONG_O = "oh(?![aiueo])|ō|ô"  # before a vowel the h is its own: Ohara is オハラ
_LONG_U = "ū|û"
_LONGEST = 20


def to_kana(text: str) -> list[str]:
    """The readings: none where the letters are no Japanese, several where an o may be long without saying so."""
    spelled = unicodedata.normalize("NFC", text.lower()).replace("-", "")
    if not 2 < len(spelled) <= _LONGEST:
        return []
    readings = (_read(each) for each in _spellings(spelled))
    return [reading for reading in readings if reading]


def _spellings(spelled: str) -> list[str]:
    spelled = re.sub(_LONG_U, "uu", spelled)
    long = [re.sub(_LONG_O, letters, spelled) for letters in ("oo", "ou")]
    unsaid = [
        spelled[: at + 1] + "u" + spelled[at + 1 :] for at, letter in enumerate(spelled) if letter == "o"
    ]
    leading = ["o" + spelled] if spelled.startswith("o") else []
    return [*dict.fromkeys(long), *leading, *unsaid]


def _read(spelled: str) -> str:
    kana = []
    at = 0
    while at < len(spelled):
        if spelled[at] == "'":  # Jun'ichi
            at += 1
            continue
        part = _PART.match(spelled, at)
        if not part:
            return ""
        if part[1]:
            kana.append("ッ")
        elif part[2] or part[3]:
            kana.append("ン")
        elif part[4] in _SYLLABLES:
            kana.append(_SYLLABLES[part[4]])
        else:
            return ""
        at = part.end()
    return "".join(kana)
