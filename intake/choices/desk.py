"""2-1: what staff say about a consultation: where it stands, which contact there was, why an entry was a mistake."""

from django.db.models import TextChoices


class Status(TextChoices):
    """Where a consultation stands; `rules.progress` says what may follow what."""

    NEW = "new", "新規"
    IN_PROGRESS = "in_progress", "対応中"
    MEETING_SET = "meeting_set", "面談予定"
    MET = "met", "面談済"
    WON = "won", "成約"
    DECLINED = "declined", "見送り"
    UNREACHABLE = "unreachable", "連絡不能"
    WITHDRAWN = "withdrawn", "取下げ"


# What staff look for: a status, or all that are not closed yet.
UNFINISHED = "open"
STATUS_OR_UNFINISHED = ((UNFINISHED, "未完了"), *Status.choices)


class ContactKind(TextChoices):
    """One contact, as staff would say it; `rules.contacts` says which of them set the clock of 第9条."""

    EMAIL_IN = "email.in", "メール・書面が届いた"
    EMAIL_OUT = "email.out", "メール・書面を送った"
    TELEPHONE_IN = "telephone.in", "電話を受けた"
    TELEPHONE_OUT = "telephone.out", "電話をかけて話した"
    TELEPHONE_MISSED = "telephone.missed", "電話をかけたが、話せなかった"
    MEETING_HELD = "meeting.held", "オンラインで面談した"
    MEETING_MISSED = "meeting.missed", "面談の約束だったが、会えなかった"
    VISIT_OUT = "visit.out", "訪問して会った"
    VISIT_IN = "visit.in", "来訪を受けた"


class VoidReason(TextChoices):
    """Why an entry of the ledger is taken back. Closed, so that nobody's data is written into it."""

    OTHER_CONSULTATION = "other_consultation", "別の相談のものだった"
    WRONG_DAY = "wrong_day", "日付が違った"
    WRONG_KIND = "wrong_kind", "やり取りの種類が違った"
    TWICE = "twice", "二重に記録した"
    NEVER_WAS = "never_was", "実際にはなかった"
    NOTE = "note", "メモの内容が誤っていた・書くべきでなかった"


class MailState(TextChoices):
    """What became of the mail that acknowledges a consultation; `rules.mail_state` derives it, nothing stores it."""

    DUE = "due", "未送信（送れるようになりしだい、自動で送ります）"
    OVERDUE = "overdue", "未送信（自動では送られません。直接ご連絡ください）"
    DROPPED = "dropped", "未送信（対応が終わったため、送りません）"
    SENT = "sent", "送信済み"
    REFUSED = "refused", "不達（メールサーバーに断られました）"
    BOUNCED = "bounced", "不達（届かずに戻りました）"

    @property
    def word(self) -> str:
        """The label without what it explains: 送信済み, 未送信 or 不達."""
        return str(self.label).partition("（")[0]


class MailProblem(TextChoices):
    """What is amiss with a consultation's acknowledgement, as staff look for it."""

    UNSENT = "unsent", "未送信"
    WAITING = "waiting", "未送信（自動で送り直し中）"
    GIVEN_UP = "given_up", "未送信（自動では送りません）"
    UNDELIVERED = "undelivered", "不達"


class Review(TextChoices):
    """What staff made of free texts in which the screen found something; nothing stands where it found nothing."""

    DUE = "due", "要確認"
    RELEASED = "released", "問題なし"
    REDACTED = "redacted", "伏せ字で確定"


class ReviewDue(TextChoices):
    """Free texts that nobody has looked at, as staff look for them."""

    DUE = "due", "要確認"
    LATE = "late", "要確認のまま、日がたったもの"


class NextAction(TextChoices):
    """When the next action is due, as staff look for it."""

    DUE = "due", "今日まで（過ぎたものを含む）"
    OVERDUE = "overdue", "期限を過ぎたもの"
    LATER = "later", "明日から"
