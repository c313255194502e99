-- What the tables about witnesses refuse, whoever asks (rules.sql has the functions).

ALTER TABLE trust_quorum ADD CONSTRAINT quorum_is_counted CHECK (number > 0);

-- A witness changes its address and retires once; name, key and who runs it stay.
CREATE FUNCTION trust_only_address_and_retirement() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.name, NEW.key, NEW.operator, NEW.organisation, NEW.admitted_by, NEW.admitted_at)
        IS DISTINCT FROM
        (OLD.name, OLD.key, OLD.operator, OLD.organisation, OLD.admitted_by, OLD.admitted_at)
        OR OLD.retired_at IS NOT NULL
    THEN
        RAISE EXCEPTION 'a witness is retired and another one admitted, never changed'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER witness_stays_itself BEFORE UPDATE ON trust_witness
    FOR EACH ROW EXECUTE FUNCTION trust_only_address_and_retirement();
CREATE TRIGGER witness_stays BEFORE DELETE ON trust_witness
    FOR EACH STATEMENT EXECUTE FUNCTION trust_refuse();
CREATE TRIGGER quorum_is_fixed BEFORE UPDATE OR DELETE ON trust_quorum
    FOR EACH STATEMENT EXECUTE FUNCTION trust_refuse();
CREATE TRIGGER cosignature_is_fixed BEFORE UPDATE OR DELETE ON trust_cosignature
    FOR EACH STATEMENT EXECUTE FUNCTION trust_refuse();
CREATE TRIGGER anchor_is_fixed BEFORE UPDATE OR DELETE ON trust_anchor
    FOR EACH STATEMENT EXECUTE FUNCTION trust_refuse();

CREATE TRIGGER witnesses_are_not_emptied BEFORE TRUNCATE ON trust_witness
    FOR EACH STATEMENT EXECUTE FUNCTION trust_refuse_truncate();
CREATE TRIGGER quorums_are_not_emptied BEFORE TRUNCATE ON trust_quorum
    FOR EACH STATEMENT EXECUTE FUNCTION trust_refuse_truncate();
CREATE TRIGGER cosignatures_are_not_emptied BEFORE TRUNCATE ON trust_cosignature
    FOR EACH STATEMENT EXECUTE FUNCTION trust_refuse_truncate();
CREATE TRIGGER anchors_are_not_emptied BEFORE TRUNCATE ON trust_anchor
    FOR EACH STATEMENT EXECUTE FUNCTION trust_refuse_truncate();

DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'gongzhi_app') THEN
        REVOKE UPDATE, DELETE ON trust_quorum, trust_cosignature, trust_anchor FROM gongzhi_app;
        REVOKE DELETE ON trust_witness FROM gongzhi_app;
    END IF;
END $$;
