"""2-1: the courses that an invented consultation may take, beat by beat, as staff would work on it."""

from dataclasses import dataclass

from intake.services.contacts import ContactKind
from intake.services.triage import Status


@dataclass(frozen=True)
class Beat:
    """So many days after the last beat (or the submission) a contact, what staff note of it, and where it stands.

    Without a contact nobody takes the consultation on; its status alone is set.
    """

    after: int
    contact: ContactKind | None
    status: Status
    note: str = ""


@dataclass(frozen=True)
class Course:
    """`weight` says how often it is taken."""

    name: str
    weight: int
    beats: tuple[Beat, ...]

    def day_of(self, beat: int) -> int:
        """How many days after the submission the beat is planned."""
        return sum(each.after for each in self.beats[: beat + 1])


_THANKS = Beat(1, ContactKind.EMAIL_OUT, Status.IN_PROGRESS, "お申し込みのお礼と資料をお送りした。")
_DATE_AGREED = Beat(
    3, ContactKind.TELEPHONE_OUT, Status.MEETING_SET, "電話で日程を相談し、オンライン面談の日時が決まった。"
)
_MET = Beat(
    6, ContactKind.MEETING_HELD, Status.MET, "画面をお見せしながら説明した。見積りと導入手順の資料をご希望。"
)
_MISSED = Beat(4, ContactKind.TELEPHONE_MISSED, Status.IN_PROGRESS, "呼び出したが、お出にならなかった。")
_TRIED = Beat(5, ContactKind.EMAIL_OUT, Status.IN_PROGRESS, "ご都合を伺うメールをお送りした。")

COURSES = (
    Course("untouched", 2, ()),
    Course(
        "won",
        24,
        (
            _THANKS,
            _DATE_AGREED,
            _MET,
            Beat(8, ContactKind.EMAIL_IN, Status.MET, "社内の稟議に必要な書類のご依頼が届いた。"),
            Beat(12, ContactKind.TELEPHONE_IN, Status.WON, "導入のご決定の連絡をいただいた。"),
        ),
    ),
    Course(
        "declined",
        22,
        (
            _THANKS,
            _DATE_AGREED,
            _MET,
            Beat(15, ContactKind.EMAIL_IN, Status.DECLINED, "予算の都合で今期は見送るとのこと。"),
        ),
    ),
    Course(
        "declined at once",
        12,
        (
            _THANKS,
            Beat(4, ContactKind.EMAIL_IN, Status.DECLINED, "ほかの方法で進めることになったとのこと。"),
        ),
    ),
    Course(
        "unreachable",
        14,
        (_THANKS, _MISSED, _TRIED, Beat(7, ContactKind.TELEPHONE_MISSED, Status.UNREACHABLE)),
    ),
    Course(
        "withdrawn",
        6,
        (
            _THANKS,
            Beat(2, ContactKind.EMAIL_IN, Status.WITHDRAWN, "お申し込みを取り下げるとのご連絡があった。"),
        ),
    ),
    Course(
        "visited",
        8,
        (
            _THANKS,
            _DATE_AGREED,
            Beat(6, ContactKind.MEETING_MISSED, Status.IN_PROGRESS, "接続できず、あらためることになった。"),
            Beat(3, ContactKind.TELEPHONE_OUT, Status.MEETING_SET, "訪問の日時が決まった。"),
            Beat(7, ContactKind.VISIT_OUT, Status.MET, "工場を見せていただき、3拠点の進め方を伺った。"),
            Beat(9, ContactKind.VISIT_IN, Status.WON, "来社され、契約の条件を確かめた。"),
        ),
    ),
    Course(
        "returned",
        6,
        (
            _THANKS,
            _MISSED,
            Beat(8, ContactKind.EMAIL_OUT, Status.UNREACHABLE),
            Beat(
                30,
                ContactKind.EMAIL_IN,
                Status.IN_PROGRESS,
                "部署の異動で返信が遅れたとのこと。再開をご希望。",
            ),
            _DATE_AGREED,
            _MET,
        ),
    ),
    Course(
        "considering",
        6,
        (
            _THANKS,
            _DATE_AGREED,
            _MET,
            Beat(45, ContactKind.TELEPHONE_OUT, Status.MET, "来期の予算で検討中とのこと。"),
            Beat(60, ContactKind.EMAIL_OUT, Status.MET, "その後のご状況を伺った。"),
        ),
    ),
)
# For the many of a measurement: a full course costs sixty statements, one of these ten.
BRIEF = (
    Course("left", 10, ()),
    Course("answered", 15, (_THANKS,)),
    Course("closed", 35, (Beat(5, None, Status.DECLINED),)),
    Course("not reached", 25, (Beat(14, None, Status.UNREACHABLE),)),
    Course("taken back", 15, (Beat(2, None, Status.WITHDRAWN),)),
)
BY_NAME = {course.name: course for course in COURSES}
