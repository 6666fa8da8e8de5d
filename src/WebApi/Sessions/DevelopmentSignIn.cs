using System.Text.Json.Nodes;
using GameImages.Domain.Games;
using GameImages.WebApi.Http;
using GameImages.WebApi.Uploads;
using Microsoft.AspNetCore.Authentication;

namespace GameImages.WebApi.Sessions;

/// <summary>A sign-in as any user, without Discord. It is mapped in Development only.</summary>
internal static class DevelopmentSignIn
{
    public static async Task SignInAsync(HttpContext context, TimeProvider time)
    {
        // Before another site can send this type, the browser sends a preflight request, and this route does not allow it.
        if (!BodyType.IsJson(context.Request))
            throw new BadHttpRequestException("Send application/json.", StatusCodes.Status415UnsupportedMediaType);
        JsonBody.CheckLength(context.Request);

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
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        return JsonBody.Parse(body.GetBuffer().AsSpan(0, (int)body.Length));
    }

    private sealed record DevelopmentUser
    {
        public string? Name { get; init; }
        public Snowflake? UserId { get; init; }
        public IReadOnlyList<Snowflake>? GuildIds { get; init; }
    }
}
