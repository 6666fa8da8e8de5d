using GameImages.Domain.Games;

namespace GameImages.WebApi.Http;

/// <summary>The names of a game's statuses in the API: snake_case, like the names of fields.</summary>
internal static class StatusNames
{
    public static IEnumerable<string> All => GameStatus.All.Select(Of);

    public static string Of(GameStatus status) => status.Name.Replace(' ', '_');

    public static GameStatus? Find(string? name) => GameStatus.All.FirstOrDefault(status => Of(status) == name);
}
