using System.Text.Json;
using GameImages.Application.Games;
using GameImages.Domain.Images;
using GameImages.Testing;

namespace GameImages.Migrator.Tests.Images;

/// <summary>Two games, an image that both show, and an image that only the first shows. Tests damage them.</summary>
public abstract class DamagedDatabase : DatabaseTests
{
    protected static readonly ImageContent SharedContent = ImageContent.Read(Pictures.Png(1, byteLength: 20_000), new());
    protected static readonly ImageContent LonelyContent = Pictures.Content(2);

    protected GameResponse Game { get; private set; } = null!;

    protected GameResponse OtherGame { get; private set; } = null!;

    protected Guid Shared => Game.ThumbnailId!.Value;

    protected Guid Lonely => Game.BannerImageId!.Value;

    [SetUp]
    public async Task Create_two_games()
    {
        Game = await UseCases.CreateGameAsync(SharedContent, LonelyContent);
        OtherGame = await UseCases.CreateGameAsync(SharedContent);
    }

    /// <summary>Runs SQL as a superuser, without foreign keys and row-level security.</summary>
    protected Task PlantAsync(string sql) =>
        Database.ExecuteAsync(
            $"SET session_replication_role = replica; {sql}; RESET session_replication_role;",
            new
            {
                Shared,
                Lonely,
                game = Game.Id,
            });

    /// <summary>Runs SQL without the constraint on the length, and then adds the constraint again, without validating it.</summary>
    protected Task PlantLengthAsync(string sql) => PlantAsync(
        $"ALTER TABLE game_images DROP CONSTRAINT game_images_check; {sql}; "
        + "ALTER TABLE game_images ADD CHECK (byte_length = octet_length(image_data)) NOT VALID");

    protected static string NewUndoFile() => Path.Combine(Path.GetTempPath(), $"gameimages-tests.{Guid.NewGuid():N}.sql");

    /// <returns>The exit code, and each problem's kind and message.</returns>
    protected async Task<(int ExitCode, List<(string Kind, string Message)> Problems, JsonElement Document)> VerifyAsync(
        params string[] arguments)
    {
        var (exitCode, output, error) = await CommandLine.RunAsync(Database, ["verify", "--json", .. arguments]);
        Assert.That(exitCode, Is.LessThan(2), error);

        var document = JsonDocument.Parse(output).RootElement;
        return (
            exitCode,
            [
                .. document
                    .GetProperty("problems")
                    .EnumerateArray()
                    .Select(problem => (problem.GetProperty("kind").GetString()!, problem.GetProperty("message").GetString()!)),
            ],
            document);
    }
}
