from django.db import migrations

# 第9条: whatever a program forgets, the database refuses to delete a consultation that is held, and to store one
# under an id that was erased. The first is a trigger of the statement, so that erasing thousands asks once; a TRUNCATE
# names no rows, and is refused while any consultation is held. A hold locks its record: an erasure that has begun ends
# first, and then there is nothing left to hold.
FORWARD = """
CREATE FUNCTION intake_refuse_held() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM safeguards_hold h JOIN gone ON gone.id = h.record_id
        WHERE h.kind = 'intake.consultation' AND h.released_at IS NULL
    ) THEN
        RAISE EXCEPTION 'a consultation is held' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER intake_consultation_held AFTER DELETE ON intake_consultation
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION intake_refuse_held();

CREATE FUNCTION intake_refuse_truncate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM safeguards_hold h WHERE h.kind = 'intake.consultation' AND h.released_at IS NULL
    ) THEN
        RAISE EXCEPTION 'a consultation is held' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER intake_consultation_truncated BEFORE TRUNCATE ON intake_consultation
    FOR EACH STATEMENT EXECUTE FUNCTION intake_refuse_truncate();

CREATE FUNCTION intake_refuse_erased() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM safeguards_erasure e WHERE e.record_id = NEW.id) THEN
        RAISE EXCEPTION 'this id was erased' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER intake_consultation_erased BEFORE INSERT ON intake_consultation
    FOR EACH ROW EXECUTE FUNCTION intake_refuse_erased();

CREATE FUNCTION intake_lock_held() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM intake_consultation c WHERE c.id = NEW.record_id FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'there is no such consultation to hold' USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER intake_hold_locks BEFORE INSERT ON safeguards_hold
    FOR EACH ROW WHEN (NEW.kind = 'intake.consultation') EXECUTE FUNCTION intake_lock_held();
"""
BACKWARD = """
DROP TRIGGER intake_hold_locks ON safeguards_hold;
DROP FUNCTION intake_lock_held();
DROP TRIGGER intake_consultation_erased ON intake_consultation;
DROP FUNCTION intake_refuse_erased();
DROP TRIGGER intake_consultation_truncated ON intake_consultation;
DROP FUNCTION intake_refuse_truncate();
DROP TRIGGER intake_consultation_held ON intake_consultation;
DROP FUNCTION intake_refuse_held();
"""


class Migration(migrations.Migration):
    dependencies = [("intake", "0009_monthly_count"), ("safeguards", "0008_erasure")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
