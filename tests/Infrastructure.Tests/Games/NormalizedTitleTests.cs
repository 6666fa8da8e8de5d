using System.Globalization;
using System.Text;
using GameImages.Application.Games;
using GameImages.Domain.Games;
using GameImages.EmbeddedPostgres;
using GameImages.Infrastructure.Schema;
using GameImages.Testing;
using Npgsql;

namespace GameImages.Infrastructure.Tests.Games;

/// <summary>A search finds each spelling of a title that looks the same, or differs in case only.</summary>
public sealed class NormalizedTitleTests
{
    private TestDatabase database = null!;

    [OneTimeSetUp]
    public async Task Create_the_database() => database = await TestDatabase.CreateAsync();

    [OneTimeTearDown]
    public ValueTask Drop_the_database() => database.DisposeAsync();

    [TestCase("Caf\u00E9", "Cafe\u0301", Description = "NFC and NFD")]
    [TestCase("\uD55C\uAD6D", "\u1112\u1161\u11AB\u1100\u116E\u11A8", Description = "Hangul syllables and letters")]
    [TestCase("q\u0307\u0323", "q\u0323\u0307", Description = "the order of marks")]
    [TestCase("\u1FB7", "\u03B1\u0345\u0342", Description = "the order of marks that become letters in upper case")]
    [TestCase("\u212B\u2126\u212A", "\u00C5\u03A9K", Description = "the signs of \u00E5ngstr\u00F6m, ohm and kelvin")]
    [TestCase("Dune", "dUNE")]
    [TestCase("\u00D6lsardine", "\u00F6LSARDINE")]
    [TestCase("Stra\u00DFe", "STRASSE")]
    [TestCase("Stra\u00DFe", "stra\u1E9Ee", Description = "the capital sharp s")]
    [TestCase("\u039F\u0394\u039F\u03A3", "\u03BF\u03B4\u03BF\u03C2", Description = "the final sigma")]
    [TestCase("\u03BF\u03B4\u03BF\u03C3", "\u03BF\u03B4\u03BF\u03C2", Description = "a sigma that is not final")]
    [TestCase("\u01C4", "\u01C5", Description = "a digraph in title case")]
    [TestCase("\u01C4", "d\u017E", Description = "a digraph and its letters")]
    [TestCase("\u0130stanbul", "istanbul")]
    [TestCase("\u0130stanbul", "ISTANBUL")]
    [TestCase("I\u011ED\u0131R", "\u0131\u011Fd\u0131r")]
    [TestCase("\u0418\u0433\u0440\u0430", "\u0438\u0413\u0420\u0410", Description = "Cyrillic")]
    [TestCase("\u0531\u0580\u0574", "\u0561\u0550\u0544", Description = "Armenian")]
    [TestCase("\u10D0", "\u1C90", Description = "Georgian")]
    [TestCase("\u13A0", "\uAB70", Description = "Cherokee")]
    [TestCase("\U00010400", "\U00010428", Description = "Deseret")]
    [TestCase("\uFF27\uFF41\uFF4D\uFF45\u3000\uFF11", "game 1", Description = "full width")]
    [TestCase("\uFF76\uFF9E\uFF70\uFF91", "\u30AC\u30FC\u30E0", Description = "half-width katakana")]
    [TestCase("\uFB01ve \u2460 \u00B2", "five 1 2", Description = "compatibility forms")]
    [TestCase("Du\u00ADne", "Dune", Description = "a soft hyphen")]
    [TestCase("D\u200Bu\u200Cn\u200De\u2060\uFEFF", "Dune", Description = "characters without width")]
    [TestCase("\u2764\uFE0F", "\u2764", Description = "a variation selector")]
    [TestCase("\u202EDune\u202C", "Dune", Description = "directions")]
    [TestCase("Dune\u00A0Imperium", "Dune Imperium", Description = "a space that does not break")]
    [TestCase("Dune \t\r\n\u2003\u2028 Imperium", "Dune Imperium", Description = "several kinds of white space")]
    [TestCase("Don\u2019t", "don't")]
    [TestCase("\u201CDune\u201D \u2013 evening", "\"Dune\" - evening")]
    [TestCase("Dune", "  dune ")]
    public async Task Either_spelling_finds_the_other(string one, string other)
    {
        await using var useCases = new UseCases(database, new TestCaller(1));
        await database.ExecuteAsync("TRUNCATE game_sessions CASCADE");
        foreach (var title in new[] { $"The {one} night", $"The {other} night", "Something else" })
            await InsertAsync(title);

        foreach (var text in new[] { one, other })
        {
            var found = await useCases.SendAsync(new ListGames { Text = text });
            Assert.That(found.Items, Has.Count.EqualTo(2), text);
        }
    }

    [TestCase("resume", "r\u00E9sum\u00E9", Description = "accents")]
    [TestCase("\u0430", "a", Description = "Cyrillic and Latin")]
    [TestCase("\u304B", "\u30AB", Description = "hiragana and katakana")]
    [TestCase("100%", "100")]
    public async Task Letters_that_look_different_or_belong_to_another_script_stay_different(string text, string title)
    {
        await using var useCases = new UseCases(database, new TestCaller(1));
        await database.ExecuteAsync("TRUNCATE game_sessions CASCADE");
        await InsertAsync(title);

        Assert.That((await useCases.SendAsync(new ListGames { Text = text })).Items, Is.Empty);
    }

    // The empty form would match every title. Ideographs, Hangul syllables and code points without a character are left out, because
    // there are so many.
    [Test]
    public async Task Each_visible_character_has_a_form_and_a_form_stays_the_same()
    {
        var characters = Enumerable.Range(1, 0x1FFFF)
            .Where(value => value is not ((>= 0x3400 and < 0xA000) or (>= 0xAC00 and < 0xF900) or (>= 0x17000 and < 0x18D00)))
            .Select(value => new Rune(value))
            .Where(rune => Rune.GetUnicodeCategory(rune) != UnicodeCategory.OtherNotAssigned)
            .Select(rune => rune.ToString())
            .Where(GameText.IsVisible)
            .ToArray();
        var failures = await database.QueryAsync<string>(
            """
            SELECT to_hex(ascii(character))
            FROM (
                SELECT character, btrim(normalize_for_search(character)) AS form
                FROM unnest(@characters) AS character OFFSET 0) AS normalized
            WHERE form = '' OR btrim(normalize_for_search(form)) <> form
            """,
            new { characters });

        Assert.That(characters, Has.Length.GreaterThan(30_000));
        Assert.That(failures, Is.Empty);
    }

    // The first condition of the function takes a shorter way for most titles.
    [Test]
    public async Task Printable_ASCII_has_the_same_form_as_among_other_characters()
    {
        var ascii = Enumerable.Range(' ', '~' - ' ' + 1).Select(value => $"x{(char)value}y").ToArray();

        Assert.That(
            await database.QueryAsync<string>(
                """
                SELECT text FROM unnest(@ascii) AS text
                WHERE normalize_for_search(text) || U&'\00C9' <> normalize_for_search(text || U&'\00E9')
                """,
                new { ascii }),
            Is.Empty);
    }

    [Test]
    public async Task Moving_up_fills_the_games_of_all_guilds_and_announces_none()
    {
        await using var old = await TestDatabase.CreateAsync(schemaVersion: 9);
        await old.ExecuteAsync(
            """
            INSERT INTO game_sessions (guild_id, channel_id, host_id, title, scheduled_at)
            VALUES (1, 5, 7, 'Straße', '2026-02-07Z'), (2, 5, 7, 'Dune', '2026-02-07Z');
            DELETE FROM outbox;
            """);
        var before = await old.QueryAsync<string>("SELECT game_sessions::text FROM game_sessions ORDER BY guild_id");
        var schema = new SchemaMigrator(old.ConnectionString(EmbeddedServer.Owner));

        await schema.MigrateAsync(10, CancellationToken.None);
        Assert.Multiple(async () =>
        {
            Assert.That(
                await old.QueryAsync<string>("SELECT normalized_title FROM game_sessions ORDER BY guild_id"),
                Is.EqualTo(new[] { "STRASSE", "DUNE" }));
            Assert.That(await old.SingleAsync<long>("SELECT count(*) FROM outbox"), Is.Zero);
        });

        await schema.MigrateAsync(9, CancellationToken.None);
        Assert.That(
            await old.QueryAsync<string>("SELECT game_sessions::text FROM game_sessions ORDER BY guild_id"), Is.EqualTo(before));
    }

    // A service of version 9 inserts and changes titles without knowing the column.
    [Test]
    public async Task The_role_of_the_service_writes_titles_without_naming_the_column()
    {
        await using var connection = await database.OpenAsync(Roles.App);
        await using var write = new NpgsqlCommand(
            """
            BEGIN;
            SELECT set_config('app.current_guild_ids', '3', true);
            INSERT INTO game_sessions (guild_id, channel_id, host_id, title, scheduled_at) VALUES (3, 5, 7, 'Dune', '2026-02-07Z');
            UPDATE game_sessions SET title = 'Café' WHERE guild_id = 3;
            COMMIT;
            """,
            connection);
        await write.ExecuteNonQueryAsync();

        Assert.That(
            await database.SingleAsync<string>("SELECT normalized_title FROM game_sessions WHERE guild_id = 3"), Is.EqualTo("CAFÉ"));
    }

    private Task InsertAsync(string title) => database.ExecuteAsync(
        "INSERT INTO game_sessions (guild_id, channel_id, host_id, title, scheduled_at) VALUES (1, 5, 7, @title, '2026-02-07Z')",
        new { title });
}
