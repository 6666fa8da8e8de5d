using System.Text.Json;
using System.Text.Json.Nodes;
using GameImages.Domain.Games;
using GameImages.WebApi.Http;
using Microsoft.AspNetCore.Authentication;

namespace GameImages.WebApi.Sessions;

/// <summary>A sign-in as any user, without Discord. It is mapped in Development only.</summary>
internal static class DevelopmentSignIn
{
    public static async Task SignInAsync(HttpContext context, TimeProvider time)
    {
        // Before another site can send this type, the browser sends a preflight request, and this route does not allow it.
        if (!context.Request.HasJsonContentType())
            throw new BadHttpRequestException("Send application/json.", StatusCodes.Status415UnsupportedMediaType);

        var user = FieldBinder.Bind<DevelopmentUser>(await ReadAsync(context), ApiJson.Json);
        var session = new Session(
            Guid.NewGuid(),
            user.UserId ?? new(7),
            user.Name ?? "Ann",
            null,
            user.GuildIds ?? [new(42), new(43)],
            time.GetUtcNow(),
            null);
        await context.SignInAsync(SessionServices.SessionScheme, session.ToPrincipal(), new() { IsPersistent = true });
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static async Task<JsonObject> ReadAsync(HttpContext context)
    {
        try
        {
            return await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted) as JsonObject
                ?? throw new BadHttpRequestException("The body is not a JSON object.");
        }
        catch (JsonException invalid)
        {
            throw new BadHttpRequestException("The body is not valid JSON.", invalid);
        }
    }

    private sealed record DevelopmentUser
    {
        public string? Name { get; init; }
        public Snowflake? UserId { get; init; }
        public IReadOnlyList<Snowflake>? GuildIds { get; init; }
    }
}
