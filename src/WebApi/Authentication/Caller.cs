using System.Security.Claims;
using System.Text.Json;
using GameImages.Application;
using GameImages.Domain.Games;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.JsonWebTokens;

namespace GameImages.WebApi.Authentication;

/// <summary>
/// The caller as described by the claims of the bearer token or of the session. A claim that is not a Discord id is ignored.
/// </summary>
internal sealed class Caller(IHttpContextAccessor http) : ICaller
{
    public const string GuildIdsClaim = "guild_ids";
    // OpenID Connect Core section 2
    private const int MaxIdLength = 255;
    private const string MayHostForOthersClaim = "may_host_for_others";

    public string Id => Text(JwtRegisteredClaimNames.Sub)!;

    public Snowflake? UserId => Ids(JwtRegisteredClaimNames.Sub).Cast<Snowflake?>().FirstOrDefault();

    // The database rejects host names that are longer or contain NUL.
    public string? UserName
    {
        get
        {
            var name = Text(JwtRegisteredClaimNames.Name)?.Replace("\0", "", StringComparison.Ordinal);
            return string.IsNullOrWhiteSpace(name) ? null : Shortened(name);
        }
    }

    public bool MayHostForOthers => http.HttpContext?.User is { } user && IsTrusted(user);

    public IReadOnlyList<Snowflake> GuildIds => [.. Ids(GuildIdsClaim)];

    /// <returns>
    /// Whether the caller is a trusted client. The claim may be true or "true"; "dotnet user-jwts" writes the second form.
    /// </returns>
    public static bool IsTrusted(ClaimsPrincipal user) => user.FindFirst(MayHostForOthersClaim)?.Value == "true";

    /// <summary>Rejects a token that is malformed, or that does not name a user and a list of guilds.</summary>
    public static Task RequireClaims(TokenValidatedContext context)
    {
        if (TokenRules.FindRejection((JsonWebToken)context.SecurityToken) is { } reason)
            context.Fail(reason);

        return Task.CompletedTask;
    }

    /// <summary>
    /// The guilds are an array of strings, which may be empty, or one string. "dotnet user-jwts" writes an array of one as a string.
    /// </summary>
    /// <returns>The reason why a token with these claims is rejected, or null.</returns>
    public static string? FindRejection(JsonElement claims)
    {
        if (!claims.TryGetProperty(JwtRegisteredClaimNames.Sub, out var user) || !IsText(user))
            return "The token does not name a user in sub.";
        if (user.GetString()!.Length > MaxIdLength || user.GetString()!.Contains('\0', StringComparison.Ordinal))
            return $"The user in sub has more than {MaxIdLength} characters, or a NUL.";
        if (!claims.TryGetProperty(GuildIdsClaim, out var guilds) || !(IsText(guilds) || IsListOfTexts(guilds)))
            return $"The token has no list of guilds in {GuildIdsClaim}.";

        return null;
    }

    private static string Shortened(string name)
    {
        if (name.Length <= GameDetails.HostNameMaxLength)
            return name;

        var end = GameDetails.HostNameMaxLength;
        return name[..(char.IsHighSurrogate(name[end - 1]) ? end - 1 : end)];
    }

    private static bool IsText(JsonElement claim) => claim.ValueKind == JsonValueKind.String && claim.GetString() != "";

    private static bool IsListOfTexts(JsonElement claim) => claim.ValueKind == JsonValueKind.Array && claim.EnumerateArray().All(IsText);

    private string? Text(string claim) => http.HttpContext?.User.FindFirst(claim)?.Value;

    private IEnumerable<Snowflake> Ids(string claim) =>
        from found in http.HttpContext?.User.FindAll(claim) ?? []
        let id = Snowflake.TryParse(found.Value, null, out var parsed) ? parsed : (Snowflake?)null
        where id is not null
        select id.Value;
}
