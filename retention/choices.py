"""第9条: where a hold stands, what a run counts and how it ends, what is said of customers' data after a contract."""

from django.db.models import TextChoices


class HoldState(TextChoices):
    """Where a legal hold stands; those past their review day are open, too."""

    OPEN = "open", "保留中"
    PAST = "past", "見直し日を過ぎたもの"
    RELEASED = "released", "解除済み"


class Outcome(TextChoices):
    """How a run of the purge ended."""

    RUNNING = "running", "実行中"
    DONE = "done", "完了"
    STOPPED = "stopped", "停止の指示により、途中で終了"
    CEILING = "ceiling", "件数が上限を超えるため、消去せずに終了"
    INTERRUPTED = "interrupted", "異常終了（次の実行が続きを引き継ぎました）"
    LEFTOVER = "leftover", "消し残しを発見"


class Counted(TextChoices):
    """What a run erases, in the order of its certificate."""

    CONSULTATION = "consultation", "無料相談"
    CONTACT = "contact", "やり取り"
    KEYS = "keys", "暗号の鍵を破棄した記録"
    TECHNICAL = "technical", "接続元の情報"
    LOG_ENTRY = "log_entry", "消去した記録についての管理画面の操作履歴"
    SESSION = "session", "期限の切れたサインインの情報"
    RATE_COUNT = "rate_count", "送信回数の記録"
    ERASURE = "erasure", "役目を終えた消去台帳の行"


class DataKind(TextChoices):
    """2-2: what customers entrust."""

    PEOPLE = "people", "従業員・関係者の情報"
    RECORDS = "records", "面談・対応の記録"
    FILES = "files", "添付ファイル"
    ATTENDANT = "attendant", "付随する情報（ログ、設定など）"


class Settlement(TextChoices):
    """What became of customers' data after the contract's end."""

    RETURNED = "returned", "返却した"
    DELETED = "deleted", "削除した"
    RETURNED_AND_DELETED = "returned_and_deleted", "返却し、控えを削除した"
