using FluentMigrator;
using Npgsql;

namespace GameImages.Infrastructure.Schema;

/// <summary>Stores each title in a normal form, so that a search finds every spelling that looks the same (decision 19).</summary>
[Migration(10, "NormalizedTitles")]
internal sealed class V0010_NormalizedTitles : SchemaMigration
{
    // A generated column is right for rows that a service of an earlier version writes, too. Adding it rewrites the table, without
    // triggers and without regard to row-level security. So no event is added to the outbox, and the games of all guilds are filled.
    public override void Up()
    {
        LimitLockWaits();
        Execute.Sql(NormalizeForSearch);
        Execute.Sql(
            $"""
            GRANT EXECUTE ON FUNCTION normalize_for_search(text) TO {Roles.App};
            ALTER TABLE game_sessions
                ADD COLUMN normalized_title text COLLATE "C" GENERATED ALWAYS AS (normalize_for_search(title)) STORED;
            COMMENT ON COLUMN game_sessions.normalized_title IS 'The title in the form that searches compare.';
            """);
        SetOldestCompatible(4);
    }

    public override void Down()
    {
        LimitLockWaits();
        SetOldestCompatible(4);
        Execute.Sql(
            """
            ALTER TABLE game_sessions DROP COLUMN normalized_title;
            DROP FUNCTION normalize_for_search(text);
            """);
    }

    public override Task<StepEffect> DescribeUpAsync(NpgsqlConnection connection, int version, CancellationToken ct) =>
        Task.FromResult<StepEffect>(new("stores each title in the form that searches compare, which rewrites the table of games"));

    public override Task<StepEffect> DescribeDownAsync(NpgsqlConnection connection, int version, CancellationToken ct) =>
        Task.FromResult<StepEffect>(new("drops the form of the titles that searches compare"));

    // Characters that are not shown: control characters except white space, the code points with the property
    // Default_Ignorable_Code_Point (Unicode Standard, DerivedCoreProperties), and the interlinear annotation characters.
    private const string Ignored =
        @"\u0001-\u0008\u000E-\u001F\u007F-\u0084\u0086-\u009F\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B-\u200F"
        + @"\u202A-\u202E\u2060-\u206F\u3164\uFE00-\uFE0F\uFEFF\uFFA0\uFFF0-\uFFFB\U0001BCA0-\U0001BCA3\U0001D173-\U0001D17A"
        + @"\U000E0000-\U000E0FFF";

    // White space that the compatibility decomposition does not turn into a space.
    private const string WhiteSpace = @"\u0009-\u000D\u0020\u0085\u1680\u2028\u2029";

    // Phones and word processors replace the quotation marks and dashes that people type.
    private const string Apostrophes = @"`\2018\2019\201B\02BC\2032";
    private const string QuotationMarks = @"\201C\201D\201E\201F";
    private const string Dashes = @"\2010\2011\2012\2013\2014\2015\2212";

    // upper(lower(...)) matches all letters of one case folding: "ẞ" has no other upper case, "ß" becomes "SS", and both forms of sigma
    // become one. It also joins the dotless i with i. Decomposed text gives marks their final order before the case changes. The dot of
    // a Turkish capital I is a mark then. PostgreSQL compares most titles with the first pattern only, which is much faster. The body is
    // parsed when the function is created, so it does not depend on search_path.
    private const string NormalizeForSearch =
        $$"""
        CREATE FUNCTION normalize_for_search(title text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
        RETURN CASE
            WHEN title COLLATE "C" !~ '[^ -_a-~]|  ' THEN upper(title COLLATE "C")
            ELSE regexp_replace(
                normalize(
                    replace(
                        upper(lower(
                            translate(
                                normalize(regexp_replace(title COLLATE "C", '[{{Ignored}}]+', '', 'g'), NFKD),
                                U&'{{Apostrophes}}{{QuotationMarks}}{{Dashes}}',
                                U&'\0027\0027\0027\0027\0027\0027\0022\0022\0022\0022-------') COLLATE "und-x-icu")),
                        U&'I\0307', 'I'),
                    NFKC) COLLATE "C",
                '[{{WhiteSpace}}]+', ' ', 'g')
        END;
        """;
}
