using Dapper;
using GameImages.Infrastructure.Database;

namespace GameImages.Migrator.Tests.Images;

/// <summary>Another transaction has locked the row that a repair found damaged, and changes it before the repair locks it.</summary>
public sealed class RepairRaceTests : DamagedDatabase
{
    [Test]
    public async Task A_count_is_set_to_the_references_at_the_time_of_the_lock()
    {
        await PlantAsync("UPDATE game_images SET reference_count = 9 WHERE id = @Shared");

        await RepairDuringAsync(
            """
            INSERT INTO game_sessions (guild_id, channel_id, host_id, title, scheduled_at, thumbnail_id)
            VALUES (42, 5, 7, 'game', now(), @Shared);
            UPDATE game_images SET reference_count = 10 WHERE id = @Shared
            """);
        Assert.That(
            await Database.SingleAsync<int>("SELECT reference_count FROM game_images WHERE id = @Shared", new { Shared }),
            Is.EqualTo(3));
    }

    [Test]
    public async Task An_image_that_gets_a_reference_meanwhile_is_not_deleted()
    {
        await PlantAsync("UPDATE game_sessions SET banner_image_id = NULL");

        await RepairDuringAsync(
            "UPDATE game_sessions SET banner_image_id = @Lonely WHERE id = @other; "
            + "UPDATE game_images SET reference_count = 1 WHERE id = @Lonely"
        );
        Assert.That(
            await Database.SingleAsync<Guid>("SELECT banner_image_id FROM game_sessions WHERE id = @Id", new { OtherGame.Id }),
            Is.EqualTo(Lonely));
    }

    [Test]
    public async Task The_use_of_a_guild_is_that_at_the_time_of_the_lock()
    {
        await PlantUncountedAsync("UPDATE guild_usage SET games = 9");

        await RepairDuringAsync(
            "INSERT INTO game_sessions (guild_id, channel_id, host_id, title, scheduled_at) VALUES (42, 5, 7, 'game', now())");
        Assert.That(await Database.SingleAsync<long>("SELECT games FROM guild_usage"), Is.EqualTo(3));
    }

    [Test]
    public async Task The_counts_of_an_image_in_a_guild_are_those_at_the_time_of_the_lock()
    {
        await PlantUncountedAsync("UPDATE guild_images SET games = 9 WHERE image_id = @Lonely");

        await RepairDuringAsync(
            "UPDATE game_images SET reference_count = 2 WHERE id = @Lonely; "
            + "UPDATE game_sessions SET banner_image_id = @Lonely WHERE id = @other");
        Assert.That(
            await Database.SingleAsync<int>("SELECT games FROM guild_images WHERE image_id = @Lonely", new { Lonely }),
            Is.EqualTo(2));
    }

    [Test]
    public async Task The_use_of_a_guild_that_a_request_records_meanwhile_is_corrected()
    {
        await PlantUncountedAsync("DELETE FROM guild_usage");

        await RepairDuringAsync(
            "INSERT INTO game_sessions (guild_id, channel_id, host_id, title, scheduled_at) VALUES (42, 5, 7, 'game', now())");
        Assert.That(
            await Database.SingleAsync<(long, long)>("SELECT games, images FROM guild_usage"),
            Is.EqualTo((3L, 2L)));
    }

    [Test]
    public async Task A_request_waits_with_the_use_of_a_guild_until_the_repair_has_set_it()
    {
        await PlantUncountedAsync("UPDATE guild_images SET games = 9 WHERE image_id = @Lonely; UPDATE guild_usage SET games = 9");
        Task creation = null!;

        // The repair has decided about both rows when it waits for this one. If the request did not wait, the repair would set a wrong
        // number of games, and its next step would have to correct that with a third change.
        var changes = await RepairDuringAsync("SELECT FROM guild_images WHERE image_id = @Lonely FOR UPDATE", async () =>
        {
            creation = UseCases.CreateGameAsync();
            await Task.WhenAny(creation, Database.WaitForWaitersAsync(count: 2));
        });
        await creation;
        Assert.That(changes, Is.EqualTo(2));
        Assert.That(await Database.SingleAsync<long>("SELECT games FROM guild_usage"), Is.EqualTo(3));
    }

    [Test]
    public async Task An_upload_that_ends_meanwhile_is_not_kept_for_the_undo()
    {
        await PlantAsync($"{Upload}gen_random_uuid()");

        Assert.That(await RepairDuringAsync("DELETE FROM image_uploads"), Is.Zero);
    }

    [Test]
    public async Task Two_repairs_at_once_make_each_change_once()
    {
        await PlantUncountedAsync(
            "UPDATE game_images SET reference_count = 9 WHERE id = @Shared; "
            + "UPDATE guild_images SET games = 9 WHERE image_id = @Lonely");
        var secondUndo = NewUndoFile();
        Task<(int ExitCode, string Output, string Error)> second = null!;

        var changes = await RepairDuringAsync("SELECT FROM game_images FOR UPDATE", async () =>
        {
            second = CommandLine.RunAsync(Database, "repair", "--apply", "--undo", secondUndo);
            await Database.WaitForWaitersAsync(count: 2);
        });
        var (exitCode, output, error) = await second;
        Assert.That(exitCode, Is.Zero, $"{output}\n{error}");

        // Either repair may be the first to lock a row.
        Assert.That(changes + await CountAndDeleteAsync(secondUndo), Is.EqualTo(2));
    }

    [Test]
    public async Task A_reference_that_is_replaced_meanwhile_is_not_cleared()
    {
        await PlantAsync("DELETE FROM game_images WHERE id = @Lonely");

        await RepairDuringAsync(
            "UPDATE game_sessions SET banner_image_id = @Shared WHERE id = @game; UPDATE game_images SET reference_count = 3");
        Assert.That(
            await Database.SingleAsync<Guid>("SELECT banner_image_id FROM game_sessions WHERE id = @Id", new { Game.Id }),
            Is.EqualTo(Shared));
    }

    [Test]
    public async Task An_image_that_gets_its_bytes_back_meanwhile_is_not_quarantined()
    {
        await PlantAsync("UPDATE game_images SET image_data = overlay(image_data PLACING '\\x00' FROM 40) WHERE id = @Lonely");

        await RepairDuringAsync("UPDATE game_images SET image_data = @bytes WHERE id = @Lonely");
        Assert.That(await Database.QueryAsync<Guid>("SELECT id FROM game_images WHERE quarantined_at IS NOT NULL"), Is.Empty);
    }

    [Test]
    public async Task A_connection_that_is_lost_while_waiting_is_reopened()
    {
        await PlantAsync("UPDATE game_images SET reference_count = 9 WHERE id = @Shared");

        await RepairDuringAsync("SELECT FROM game_images WHERE id = @Shared FOR UPDATE", async () =>
        {
            var waiter = (await Database.WaitForWaitersAsync()).Single();
            await Database.ExecuteAsync("SELECT pg_terminate_backend(@waiter)", new { waiter });
            await Database.WaitForWaitersAsync(except: waiter);
        });
    }

    [Test]
    public async Task Ctrl_C_while_waiting_returns_130_and_leaves_no_undo_file()
    {
        await PlantAsync("UPDATE game_images SET reference_count = 9 WHERE id = @Shared");
        await using var holder = await Database.OpenAsync();
        await using var transaction = await holder.BeginTransactionAsync();
        await holder.ExecuteAsync("SELECT FROM game_images WHERE id = @Shared FOR UPDATE", new { Shared });

        var undo = NewUndoFile();
        using var repair = CommandLine.Start(CommandLine.Environment(Database), "repair", "--apply", "--undo", undo);
        await Database.WaitForWaitersAsync();
        CommandLine.Interrupt(repair);

        // On a busy machine, the command prints its progress before this.
        var (exitCode, output, error) = await CommandLine.EndOfAsync(repair);
        Assert.That((exitCode, output), Is.EqualTo((130, "")));
        Assert.That(error, Does.EndWith("gameimages: Interrupted. Changes that were not complete have been undone."));
        Assert.That(
            await Database.SingleAsync<int>("SELECT reference_count FROM game_images WHERE id = @Shared", new { Shared }),
            Is.EqualTo(9));
        Assert.That(File.Exists(undo), Is.False);
    }

    /// <returns>The number of changes that the repair wrote into its undo file.</returns>
    private async Task<int> RepairDuringAsync(string change, Func<Task>? meanwhile = null)
    {
        await using var holder = await Database.OpenAsync();
        await using var transaction = await holder.BeginTransactionAsync();
        await holder.ExecuteAsync(
            change,
            new
            {
                Shared,
                Lonely,
                game = Game.Id,
                other = OtherGame.Id,
                bytes = LonelyContent.Bytes.ToArray(),
            });

        var undo = NewUndoFile();
        var repair = CommandLine.RunAsync(Database, "repair", "--apply", "--grace", "0s", "--undo", undo);
        await Database.WaitForWaitersAsync();
        if (meanwhile is not null)
            await meanwhile();
        await transaction.CommitAsync();
        var (exitCode, output, error) = await repair;
        var changes = await CountAndDeleteAsync(undo);

        Assert.That(exitCode, Is.Zero, $"{output}\n{error}");
        Assert.That((await VerifyAsync()).Problems, Is.Empty);
        return changes;
    }

    private static async Task<int> CountAndDeleteAsync(string undo)
    {
        if (!File.Exists(undo))
            return 0;

        var lines = await File.ReadAllLinesAsync(undo);
        File.Delete(undo);
        return lines.Length;
    }
}
