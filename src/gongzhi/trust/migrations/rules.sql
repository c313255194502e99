-- What the log's tables refuse, whoever asks. A superuser can switch triggers off: then the
-- audit and the witnesses tell, but no mistake and no program does it unseen.

ALTER TABLE trust_pendingleaf ADD CONSTRAINT pending_entry_fits CHECK (octet_length(entry) <= 65535);
ALTER TABLE trust_logrow ADD CONSTRAINT row_entry_fits CHECK (octet_length(entry) <= 65535);
ALTER TABLE trust_logrow ADD CONSTRAINT row_index_is_counted CHECK ("index" >= 0);
ALTER TABLE trust_bundle ADD CONSTRAINT bundle_is_full CHECK (octet_length(leaves) = 256 * 16);
ALTER TABLE trust_tile ADD CONSTRAINT tile_is_whole_hashes
    CHECK (octet_length(hashes) % 32 = 0 AND octet_length(hashes) BETWEEN 32 AND 256 * 32);
ALTER TABLE trust_head ADD CONSTRAINT head_is_one CHECK (id = 1);
ALTER TABLE trust_head ADD CONSTRAINT head_root_is_a_hash CHECK (octet_length(root) = 32);

-- Hashes don't compress.
ALTER TABLE trust_tile ALTER COLUMN hashes SET STORAGE EXTERNAL;

CREATE FUNCTION trust_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the log only grows: % of % is refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;

-- A test database is emptied between tests; no other is.
CREATE FUNCTION trust_refuse_truncate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_database() LIKE 'test\_%' THEN RETURN NULL; END IF;
    RAISE EXCEPTION 'the log only grows: TRUNCATE of % is refused', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;

-- A pending leaf goes when the sequencer, who holds its lock, has numbered it.
CREATE FUNCTION trust_only_the_sequencer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM pg_locks
        WHERE locktype = 'advisory' AND granted AND pid = pg_backend_pid()
            AND classid = 1735356007 AND objid = 8022121 AND objsubid = 2
    ) THEN
        RAISE EXCEPTION 'only the sequencer takes pending leaves'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;

-- A row of the tail goes when its bundle is there.
CREATE FUNCTION trust_only_the_bundled() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM gone LEFT JOIN trust_bundle ON trust_bundle.number = gone."index" / 256
        WHERE trust_bundle.number IS NULL
    ) THEN
        RAISE EXCEPTION 'a row of the log goes only into its bundle'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;

-- A tile grows at its end.
CREATE FUNCTION trust_only_growth() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.level <> OLD.level OR NEW.number <> OLD.number
        OR octet_length(NEW.hashes) < octet_length(OLD.hashes)
        OR substring(NEW.hashes FROM 1 FOR octet_length(OLD.hashes)) <> OLD.hashes
    THEN
        RAISE EXCEPTION 'a tile only grows' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

-- So does the tree.
CREATE FUNCTION trust_only_a_larger_head() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.size <= OLD.size THEN
        RAISE EXCEPTION 'the head only moves forward' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER pending_is_fixed BEFORE UPDATE ON trust_pendingleaf
    FOR EACH STATEMENT EXECUTE FUNCTION trust_refuse();
CREATE TRIGGER pending_is_numbered AFTER DELETE ON trust_pendingleaf
    FOR EACH STATEMENT EXECUTE FUNCTION trust_only_the_sequencer();
CREATE TRIGGER row_is_fixed BEFORE UPDATE ON trust_logrow
    FOR EACH STATEMENT EXECUTE FUNCTION trust_refuse();
CREATE TRIGGER row_is_bundled AFTER DELETE ON trust_logrow
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION trust_only_the_bundled();
CREATE TRIGGER bundle_is_fixed BEFORE UPDATE OR DELETE ON trust_bundle
    FOR EACH STATEMENT EXECUTE FUNCTION trust_refuse();
CREATE TRIGGER tile_grows BEFORE UPDATE ON trust_tile
    FOR EACH ROW EXECUTE FUNCTION trust_only_growth();
CREATE TRIGGER tile_stays BEFORE DELETE ON trust_tile
    FOR EACH STATEMENT EXECUTE FUNCTION trust_refuse();
CREATE TRIGGER head_grows BEFORE UPDATE ON trust_head
    FOR EACH ROW EXECUTE FUNCTION trust_only_a_larger_head();
CREATE TRIGGER head_stays BEFORE DELETE ON trust_head
    FOR EACH STATEMENT EXECUTE FUNCTION trust_refuse();
CREATE TRIGGER checkpoint_is_fixed BEFORE UPDATE OR DELETE ON trust_signedcheckpoint
    FOR EACH STATEMENT EXECUTE FUNCTION trust_refuse();

CREATE TRIGGER pending_is_not_emptied BEFORE TRUNCATE ON trust_pendingleaf
    FOR EACH STATEMENT EXECUTE FUNCTION trust_refuse_truncate();
CREATE TRIGGER rows_are_not_emptied BEFORE TRUNCATE ON trust_logrow
    FOR EACH STATEMENT EXECUTE FUNCTION trust_refuse_truncate();
CREATE TRIGGER bundles_are_not_emptied BEFORE TRUNCATE ON trust_bundle
    FOR EACH STATEMENT EXECUTE FUNCTION trust_refuse_truncate();
CREATE TRIGGER tiles_are_not_emptied BEFORE TRUNCATE ON trust_tile
    FOR EACH STATEMENT EXECUTE FUNCTION trust_refuse_truncate();
CREATE TRIGGER head_is_not_emptied BEFORE TRUNCATE ON trust_head
    FOR EACH STATEMENT EXECUTE FUNCTION trust_refuse_truncate();
CREATE TRIGGER checkpoints_are_not_emptied BEFORE TRUNCATE ON trust_signedcheckpoint
    FOR EACH STATEMENT EXECUTE FUNCTION trust_refuse_truncate();

-- Where the app has a role of its own, it hasn't even the right to ask.
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'gongzhi_app') THEN
        REVOKE UPDATE, DELETE ON trust_bundle, trust_signedcheckpoint FROM gongzhi_app;
        REVOKE UPDATE ON trust_pendingleaf, trust_logrow FROM gongzhi_app;
        REVOKE DELETE ON trust_tile, trust_head FROM gongzhi_app;
    END IF;
END $$;
