"""Names cut into pairs of characters, and organisations found by them."""

from django.contrib.postgres.indexes import GinIndex
from django.db import migrations

from gongzhi.parties.by_name import Pairs

# Usual forms (１ is 1, Ａ is a), small letters; several texts stand beside each other. No function
# calls another of ours: indexes are made and analysed where only the system's own are seen.
USUAL = "lower(normalize({}, NFKC))"
SEVERAL = USUAL.format("array_to_string(texts, ' ')")
PLAIN = f"""
CREATE FUNCTION parties_plain(VARIADIC texts text[]) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
    RETURN {SEVERAL};
END $$
"""
# Each word's characters, its pairs, and its first and last beside a mark of the edge.
PAIRS = rf"""
CREATE FUNCTION parties_pairs(VARIADIC texts text[]) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 1000 AS $$
DECLARE
    word text;
    letters text[];
    pairs text[] := '{{}}';
BEGIN
    FOREACH word IN ARRAY regexp_split_to_array({SEVERAL}, '\s+') LOOP
        letters := string_to_array(word, NULL);
        CONTINUE WHEN cardinality(letters) = 0;
        pairs := pairs || letters || (E'\x02' || letters[1]) || (letters[cardinality(letters)] || E'\x03');
        FOR place IN 2 .. cardinality(letters) LOOP
            pairs := pairs || (letters[place - 1] || letters[place]);
        END LOOP;
    END LOOP;
    RETURN pairs;
END $$
"""
# Of what is asked for only what tells most: pairs, or the character where it is one alone.
ASKED = rf"""
CREATE FUNCTION parties_pairs_asked(asked text, at text) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    word text;
    letters text[];
    pairs text[] := '{{}}';
BEGIN
    FOREACH word IN ARRAY regexp_split_to_array({USUAL.format('asked')}, '\s+') LOOP
        letters := string_to_array(word, NULL);
        CONTINUE WHEN cardinality(letters) = 0;
        IF cardinality(letters) = 1 THEN
            pairs := pairs || letters;
        END IF;
        IF at IN ('whole', 'beginning') THEN
            pairs := pairs || (E'\x02' || letters[1]);
        END IF;
        IF at = 'whole' THEN
            pairs := pairs || (letters[cardinality(letters)] || E'\x03');
        END IF;
        FOR place IN 2 .. cardinality(letters) LOOP
            pairs := pairs || (letters[place - 1] || letters[place]);
        END LOOP;
    END LOOP;
    RETURN pairs;
END $$
"""
GONE = "DROP FUNCTION {}"


class Migration(migrations.Migration):
    """The functions that cut, and the index of organisations."""

    dependencies = [("parties", "0017_former_keys")]
    operations = [
        migrations.RunSQL(PLAIN, GONE.format("parties_plain(text[])")),
        migrations.RunSQL(PAIRS, GONE.format("parties_pairs(text[])")),
        migrations.RunSQL(ASKED, GONE.format("parties_pairs_asked(text, text)")),
        migrations.AddIndex(
            "organisation",
            GinIndex(Pairs("name", "code"), name="organisation_by_name"),
        ),
    ]
