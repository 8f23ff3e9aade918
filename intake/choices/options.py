"""2-1: what can be chosen in the hearing form, in the order in which it is shown."""

from django.db.models import TextChoices


class EmployeeCount(TextChoices):
    """50 and 1,000 are the thresholds for appointing 産業医 and 専属産業医 (安衛法13条、安衛則13条)."""

    UNDER_50 = "under_50", "49名以下"
    FROM_50 = "50_299", "50〜299名"
    FROM_300 = "300_999", "300〜999名"
    FROM_1000 = "1000_2999", "1,000〜2,999名"
    FROM_3000 = "over_3000", "3,000名以上"


class LocationCount(TextChoices):
    ONE = "1", "1か所"
    FROM_2 = "2_5", "2〜5か所"
    FROM_6 = "6_20", "6〜20か所"
    FROM_21 = "over_21", "21か所以上"


class DoctorStatus(TextChoices):
    FULL_TIME = "full_time", "専属の産業医がいる"
    PART_TIME = "part_time", "嘱託の産業医がいる"
    BOTH = "both", "専属と嘱託の両方がいる"
    NONE = "none", "選任していない"
    UNDER_REVIEW = "under_review", "体制を見直している"


class VisitRequired(TextChoices):
    YES = "yes", "訪問が必要"
    NO = "no", "訪問は不要"
    DEPENDS = "depends", "場合による"


class MonthlyCases(TextChoices):
    NONE = "0", "0件"
    FROM_1 = "1_5", "1〜5件"
    FROM_6 = "6_10", "6〜10件"
    FROM_11 = "11_30", "11〜30件"
    FROM_31 = "over_31", "31件以上"


class CaseType(TextChoices):
    LEAVE_AND_RETURN = "leave_and_return", "休職・復職"
    HIGH_STRESS = "high_stress", "高ストレス者の面接指導"
    LONG_HOURS = "long_hours", "長時間労働者の面接指導"
    CHECKUP_FOLLOW_UP = "checkup_follow_up", "健康診断の事後措置"
    TREATMENT_AND_WORK = "treatment_and_work", "治療と仕事の両立支援"
    MENTAL_HEALTH = "mental_health", "休職に至る前のメンタルヘルス相談"
    HARASSMENT = "harassment", "ハラスメントに関わる相談"
    FAMILY_AND_WORK = "family_and_work", "妊娠・育児・介護と仕事の両立"
    DISABILITY = "disability", "障害のある方への合理的配慮"
    AFTER_ACCIDENT = "after_accident", "労災・事故の後の対応"
    OTHER = "other", "その他"


class PainPoint(TextChoices):
    SCHEDULING = "scheduling", "面談の日程調整"
    RECORDS = "records", "記録と書類の作成"
    DEADLINES = "deadlines", "期限の管理"
    DOCTOR_LIAISON = "doctor_liaison", "産業医との連携"
    MEDICAL_LIAISON = "medical_liaison", "主治医・医療機関とのやり取り"
    SHARING = "sharing", "関係者のあいだの情報共有"
    DEPENDENCE = "dependence", "担当者への属人化"
    CONFIDENTIALITY = "confidentiality", "情報の管理と閲覧の制限"
    JUDGEMENT = "judgement", "就業判定や復職判断の進め方"
    UNEVENNESS = "unevenness", "拠点による対応のばらつき"
    WORKLOAD = "workload", "件数の増加と人手の不足"
    OTHER = "other", "その他"


class DeadlinePressure(TextChoices):
    RARELY = "rarely", "ほとんどない"
    MONTHLY = "monthly", "月に1回ほど"
    SEVERAL_A_MONTH = "several_a_month", "月に数回"
    WEEKLY = "weekly", "週に1回以上"
    DAILY = "daily", "ほぼ毎日"


class SchedulingHandler(TextChoices):
    HR = "hr", "人事・労務の担当者"
    HEALTH_STAFF = "health_staff", "保健師・看護師などの産業保健スタッフ"
    MANAGERS = "managers", "各部署の管理職"
    DOCTOR = "doctor", "産業医または産業医の事務所"
    OUTSOURCED = "outsourced", "外部に委託している"
    UNDECIDED = "undecided", "決まっていない"


class SchedulingSystem(TextChoices):
    MAIL_AND_PHONE = "mail_and_phone", "メール・電話"
    CHAT = "chat", "チャット"
    SHARED_CALENDAR = "shared_calendar", "グループウェアの予定表"
    SCHEDULING_TOOL = "scheduling_tool", "日程調整ツール"
    SPREADSHEET = "spreadsheet", "表計算ソフト"
    HEALTH_SYSTEM = "health_system", "健康管理システム"
    NONE = "none", "決まった手段はない"


class Support(TextChoices):
    RECEPTION = "reception", "相談・面談の受付"
    SCHEDULING = "scheduling", "面談の日程調整"
    RECORDS = "records", "記録と書類の管理"
    DEADLINES = "deadlines", "期限と進捗の管理"
    OPERATION = "operation", "日々の運用の支援"
    INTRODUCTION = "introduction", "導入・移行の支援"
    RULES_AND_FORMS = "rules_and_forms", "社内規程・様式の整備"
    EXPERTS = "experts", "専門家による支援"
    UNDECIDED = "undecided", "まだ決まっていない"


class InterviewRatio(TextChoices):
    IN_PERSON = "in_person", "対面のみ"
    MOSTLY_IN_PERSON = "mostly_in_person", "対面が中心"
    HALF = "half", "半々"
    MOSTLY_ONLINE = "mostly_online", "オンラインが中心"
    ONLINE = "online", "オンラインのみ"
    NOT_YET = "not_yet", "まだ面談を行っていない"


class DecisionMaker(TextChoices):
    EXECUTIVE = "executive", "経営者・役員"
    HR_HEAD = "hr_head", "人事・労務部門の責任者"
    HEALTH_HEAD = "health_head", "健康管理部門の責任者"
    IT_HEAD = "it_head", "情報システム部門の責任者"
    SEVERAL = "several", "複数の部門で決める"
    UNDECIDED = "undecided", "決まっていない"


class Groupware(TextChoices):
    MICROSOFT_365 = "microsoft_365", "Microsoft 365"
    GOOGLE_WORKSPACE = "google_workspace", "Google Workspace"
    CYBOZU = "cybozu", "サイボウズ（Garoon、Office、kintone）"
    LINE_WORKS = "line_works", "LINE WORKS"
    DESKNETS = "desknets", "desknet's NEO"
    OTHER = "other", "その他"
    NONE = "none", "使っていない"


class Timeline(TextChoices):
    NOW = "now", "すぐにでも"
    WITHIN_3_MONTHS = "within_3_months", "3か月以内"
    WITHIN_6_MONTHS = "within_6_months", "半年以内"
    WITHIN_A_YEAR = "within_a_year", "1年以内"
    UNDECIDED = "undecided", "情報を集めている段階"
