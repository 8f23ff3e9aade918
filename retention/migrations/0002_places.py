from django.db import migrations

# The places that every office has; staff add their own and put aside what they do not use.
PLACES = [
    ("メールボックス", "やり取りしたメールを、受信箱・送信済み・ごみ箱から消してください。"),
    ("予定表（カレンダー）", "面談の予定から、名前や連絡先を消してください。"),
    ("書き出したCSV", "保存したパソコンや共有フォルダーから消してください。"),
    ("印刷したヒアリングシート", "細断するなど、読めない方法で廃棄してください。"),
    ("名刺・手書きのメモ", "細断するなど、読めない方法で廃棄してください。"),
]


def add(apps, schema_editor):
    Place = apps.get_model("retention", "Place")
    for order, (name, what_to_do) in enumerate(PLACES):
        Place.objects.get_or_create(name=name, defaults={"what_to_do": what_to_do, "order": order})


class Migration(migrations.Migration):
    dependencies = [("retention", "0001_initial")]

    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
