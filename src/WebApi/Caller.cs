using GameImages.Application;
using GameImages.Domain.Games;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.JsonWebTokens;

namespace GameImages.WebApi;

/// <summary>The caller as the claims of the bearer token describe it; what is no Discord id names nobody and no guild.</summary>
internal sealed class Caller(IHttpContextAccessor http) : ICaller
{
    private const string GuildIdsClaim = "guild_ids";

    public Snowflake? UserId => Ids(JwtRegisteredClaimNames.Sub).Cast<Snowflake?>().FirstOrDefault();

    public IReadOnlyList<Snowflake> GuildIds => [.. Ids(GuildIdsClaim)];

    /// <summary>Refuses a token that does not say who calls and for which guilds; an empty list of guilds is fine.</summary>
    public static Task RequireClaims(TokenValidatedContext context)
    {
        var token = (JsonWebToken)context.SecurityToken;

        foreach (var claim in new[] { JwtRegisteredClaimNames.Sub, GuildIdsClaim })
        {
            if (!token.TryGetPayloadValue<object>(claim, out _))
                context.Fail($"The token has no {claim}.");
        }

        return Task.CompletedTask;
    }

    private IEnumerable<Snowflake> Ids(string claim) =>
        from found in http.HttpContext?.User.FindAll(claim) ?? []
        let id = Snowflake.TryParse(found.Value, null, out var parsed) ? parsed : (Snowflake?)null
        where id is not null
        select id.Value;
}
