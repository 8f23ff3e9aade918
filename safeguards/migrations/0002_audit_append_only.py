from django.db import migrations

# 第6条 (ログ管理): no program, and no slip at a psql prompt, changes what the audit says. Statement-level, so
# that even an UPDATE or DELETE that finds no row is refused.
FORWARD = """
CREATE FUNCTION safeguards_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER safeguards_auditentry_append_only
    BEFORE UPDATE OR DELETE OR TRUNCATE ON safeguards_auditentry
    FOR EACH STATEMENT EXECUTE FUNCTION safeguards_refuse_change();
"""
BACKWARD = """
DROP TRIGGER safeguards_auditentry_append_only ON safeguards_auditentry;
DROP FUNCTION safeguards_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("safeguards", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
