"""The closed lists: events that the audit knows, what keeps a record, why one is erased, and the roles of staff."""

from django.db import models


class Event(models.TextChoices):
    """What happened, in the past tense. A name is never parsed and never reused with another meaning."""

    CONSULTATION_SUBMITTED = "consultation.submitted", "無料相談の受付"
    CONSULTATION_OPENED = "consultation.opened", "無料相談の個人情報の閲覧"
    CONSULTATION_PRINTED = "consultation.printed", "ヒアリングシートの表示"
    CONSULTATION_ASSIGNED = "consultation.assigned", "担当者の変更"
    CONSULTATION_ADVANCED = "consultation.advanced", "状態の変更"
    CONSULTATION_PLANNED = "consultation.planned", "次の対応日の変更"
    CONSULTATION_BOUNCED = "consultation.bounced", "メール不達の記録"
    CONSULTATION_ADDRESS_CORRECTED = "consultation.address_corrected", "メールアドレスの訂正"
    CONSULTATION_FLAGGED = "consultation.flagged", "自由記載を要確認にした"
    CONSULTATION_TEXTS_SHOWN = "consultation.texts_shown", "要確認の自由記載の閲覧"
    CONSULTATION_TEXTS_REDACTED = "consultation.texts_redacted", "自由記載の伏せ字"
    CONSULTATION_TEXTS_RELEASED = "consultation.texts_released", "自由記載を問題なしとした"
    CONTACT_RECORDED = "contact.recorded", "やり取りの記録"
    CONTACT_VOIDED = "contact.voided", "やり取りの取消し"
    CONSULTATIONS_FOUND = "consultations.found", "メールアドレスでの検索"
    CONSULTATIONS_EXPORTED = "consultations.exported", "一覧の書き出し（個人情報なし）"
    CONSULTATIONS_EXPORTED_PERSONAL = "consultations.exported_personal", "一覧の書き出し（個人情報あり）"
    TECHNICAL_OPENED = "technical.opened", "接続元の情報の閲覧"
    CONSULTATIONS_ERASED = "consultations.erased", "無料相談の消去"
    TECHNICAL_ERASED = "technical.erased", "接続元の情報の消去"
    HOLD_PLACED = "hold.placed", "消去の保留"
    HOLD_OPENED = "hold.opened", "保留の理由の閲覧"
    HOLD_PROLONGED = "hold.prolonged", "保留の見直し日の変更"
    HOLD_RELEASED = "hold.released", "保留の解除"
    PLACES_CHECKED = "places.checked", "ほかの場所の確認"
    PLACES_CHANGED = "places.changed", "ほかの保存場所の一覧の変更"
    RETENTION_PURGED = "retention.purged", "保存期間による消去の実行"
    ERASURES_EXPORTED = "erasures.exported", "消去台帳の書き出し"
    ERASURES_REPLAYED = "erasures.replayed", "バックアップの復元後の再消去"
    ENTRUSTED_RECORDED = "entrusted.recorded", "委託データの登録"
    ENTRUSTED_CHANGED = "entrusted.changed", "委託データの変更"
    ENTRUSTED_SETTLED = "entrusted.settled", "委託データの返却・削除の記録"
    STAFF_CREATED = "staff.created", "職員アカウントの作成"
    STAFF_ROLE_CHANGED = "staff.role_changed", "職員の役割の変更"
    STAFF_SIGNED_IN = "staff.signed_in", "サインイン"
    STAFF_SIGN_IN_FAILED = "staff.sign_in_failed", "サインインの失敗"
    STAFF_PASSWORD_SET = "staff.password_set", "パスワードの設定"
    STAFF_FACTOR_ADDED = "staff.factor_added", "2段階認証の登録"
    STAFF_FACTOR_REMOVED = "staff.factor_removed", "2段階認証の解除"
    STAFF_RECOVERY_CODES_MADE = "staff.recovery_codes_made", "回復コードの作成"
    STAFF_RECOVERY_CODE_USED = "staff.recovery_code_used", "回復コードの使用"
    STAFF_FACTOR_RESET = "staff.factor_reset", "2段階認証の再設定"
    STAFF_LEFT = "staff.left", "職員の退任"
    KEYS_ROTATED = "keys.rotated", "鍵の更新"


class HoldBasis(models.TextChoices):
    """Why a record is kept beyond its period (第9条: 法令対応等)."""

    LAW = "law", "法令による保存"
    DISPUTE = "dispute", "紛争への対応・権利の行使"
    AUTHORITY = "authority", "官公署の求めへの対応"


class ErasureBasis(models.TextChoices):
    """Why a record was erased."""

    RETENTION = "retention", "保存期間の満了（第9条）"
    REQUEST = "request", "本人の請求（第8条）"
    UNWANTED = "unwanted", "いたずら・試し送信・二重の送信"


class Role(models.TextChoices):
    """What a member of staff is there for. The value is the group's name, so that the admin shows it in words."""

    RECEPTION = "受付", "受付"
    PRIVACY_OFFICER = "個人情報管理者", "個人情報管理者"
    VIEWER = "閲覧", "閲覧"
