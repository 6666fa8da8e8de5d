namespace GameImages.Infrastructure.Schema;

/// <summary>SQL that reads the width and height from the header of an image. The result is null when the header has none.</summary>
internal static class LegacyImageSize
{
    public const string CreateFunction =
        """
        CREATE FUNCTION pg_temp.image_size(image bytea) RETURNS integer[] LANGUAGE plpgsql IMMUTABLE AS $image_size$
        DECLARE
            -- The concatenation makes a plain copy. Otherwise each get_byte() would fetch the stored value again.
            bytes bytea := image || ''::bytea;
            last integer := octet_length(bytes) - 1;
            at integer := 2;
            marker integer;
        BEGIN
            IF last >= 23 AND substring(bytes FOR 8) = '\x89504e470d0a1a0a' AND substring(bytes FROM 9 FOR 8) = '\x0000000d49484452' THEN
                -- A size whose first bit is set would be negative. PNG does not allow such sizes.
                IF get_byte(bytes, 16) < 128 AND get_byte(bytes, 20) < 128 THEN
                    RETURN pg_temp.positive_size(pg_temp.big_endian(bytes, 16, 4), pg_temp.big_endian(bytes, 20, 4));
                END IF;
            ELSIF last >= 12 AND substring(bytes FOR 6) IN ('GIF87a', 'GIF89a') THEN
                RETURN pg_temp.positive_size(
                    get_byte(bytes, 6) + 256 * get_byte(bytes, 7),
                    get_byte(bytes, 8) + 256 * get_byte(bytes, 9));
            ELSIF last >= 24 AND substring(bytes FOR 4) = 'RIFF' AND substring(bytes FROM 9 FOR 4) = 'WEBP' THEN
                IF last >= 29 AND substring(bytes FROM 13 FOR 4) = 'VP8X' THEN
                    RETURN ARRAY[
                        1 + get_byte(bytes, 24) + 256 * get_byte(bytes, 25) + 65536 * get_byte(bytes, 26),
                        1 + get_byte(bytes, 27) + 256 * get_byte(bytes, 28) + 65536 * get_byte(bytes, 29)];
                ELSIF substring(bytes FROM 13 FOR 4) = 'VP8L' AND get_byte(bytes, 20) = 47 THEN
                    RETURN ARRAY[
                        1 + get_byte(bytes, 21) + 256 * (get_byte(bytes, 22) % 64),
                        1 + get_byte(bytes, 22) / 64 + 4 * get_byte(bytes, 23) + 1024 * (get_byte(bytes, 24) % 16)];
                ELSIF last >= 29 AND substring(bytes FROM 13 FOR 4) = 'VP8 ' AND substring(bytes FROM 24 FOR 3) = '\x9d012a' THEN
                    RETURN pg_temp.positive_size(
                        get_byte(bytes, 26) + 256 * (get_byte(bytes, 27) % 64),
                        get_byte(bytes, 28) + 256 * (get_byte(bytes, 29) % 64));
                END IF;
            ELSIF substring(bytes FOR 3) = '\xffd8ff' THEN
                WHILE at + 3 <= last AND get_byte(bytes, at) = 255 LOOP
                    marker := get_byte(bytes, at + 1);
                    IF marker = 255 THEN
                        at := at + 1;
                    ELSIF marker BETWEEN 192 AND 207 AND marker NOT IN (196, 200, 204) THEN
                        EXIT WHEN at + 8 > last;
                        RETURN pg_temp.positive_size(pg_temp.big_endian(bytes, at + 7, 2), pg_temp.big_endian(bytes, at + 5, 2));
                    ELSIF marker IN (217, 218) THEN
                        EXIT;
                    ELSIF marker = 1 OR marker BETWEEN 208 AND 215 THEN
                        at := at + 2;
                    ELSE
                        at := at + 2 + greatest(2, pg_temp.big_endian(bytes, at + 2, 2));
                    END IF;
                END LOOP;
            END IF;

            RETURN NULL;
        END
        $image_size$;

        CREATE FUNCTION pg_temp.big_endian(bytes bytea, at integer, length integer) RETURNS integer LANGUAGE sql IMMUTABLE
            RETURN ('x' || lpad(encode(substring(bytes FROM at + 1 FOR length), 'hex'), 8, '0'))::bit(32)::integer;

        CREATE FUNCTION pg_temp.positive_size(width integer, height integer) RETURNS integer[] LANGUAGE sql IMMUTABLE
            RETURN CASE WHEN width > 0 AND height > 0 THEN ARRAY[width, height] END;
        """;

    public const string DropFunction =
        """
        DROP FUNCTION pg_temp.image_size(bytea);
        DROP FUNCTION pg_temp.big_endian(bytea, integer, integer);
        DROP FUNCTION pg_temp.positive_size(integer, integer);
        """;
}
