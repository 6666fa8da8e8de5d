using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;

namespace GameImages.Testing;

/// <summary>An HTTP server that behaves like Discord during a sign-in, as strictly as Discord's documentation says.</summary>
public sealed class DiscordStandIn : IAsyncDisposable
{
    public const string Secret = "the-secret-of-the-application";

    private readonly WebApplication app;
    private readonly ConcurrentDictionary<string, IQueryCollection> codes = [];
    private int requests;

    private DiscordStandIn(WebApplication app) => this.app = app;

    public object User { get; set; } = new();

    public object[] Guilds { get; set; } = [];

    /// <summary>Whether the user denies access.</summary>
    public bool IsDenied { get; set; }

    /// <summary>The lifetime of a token in seconds.</summary>
    public int ExpiresIn { get; set; }

    /// <summary>Whether every response is 503.</summary>
    public bool IsAway { get; set; }

    public (string Type, byte[] Bytes)? Image { get; set; }

    /// <summary>The valid access tokens.</summary>
    public ConcurrentDictionary<string, bool> Tokens { get; } = [];

    /// <summary>The paths of all requests.</summary>
    public ConcurrentQueue<string?> Paths { get; } = [];

    /// <summary>The number of requests for the guilds.</summary>
    public int Requests => requests;

    public IEnumerable<(string Key, string Value)> Settings =>
    [
        ("SignIn:ClientId", "app"),
        ("SignIn:ClientSecret", Secret),
        ("SignIn:AuthorizationEndpoint", $"{app.Urls.Single()}/oauth2/authorize"),
        ("SignIn:TokenEndpoint", $"{app.Urls.Single()}/api/oauth2/token"),
        ("SignIn:ApiUrl", $"{app.Urls.Single()}/api/v10"),
        ("SignIn:CdnUrl", app.Urls.Single()),
    ];

    public static async Task<DiscordStandIn> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var standIn = new DiscordStandIn(builder.Build());
        standIn.Map();
        await standIn.app.StartAsync();
        return standIn;
    }

    /// <summary>Sets the user to a member of these guilds who grants access.</summary>
    public void Reset(params long[] guilds)
    {
        IsDenied = false;
        IsAway = false;
        ExpiresIn = 604800;
        requests = 0;
        User = new
        {
            id = "7",
            username = "ann",
            global_name = "Ann",
            avatar = "a_0123abcd",
        };
        Guilds =
        [
            .. guilds.Select(guild => new
            {
                id = $"{guild}",
                name = $"Guild no. {guild}",
                icon = "0123abcd",
                owner = false,
                permissions = "0",
            }),
        ];
        Image = null;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private void Map()
    {
        app.Use((context, next) =>
        {
            Paths.Enqueue(context.Request.Path);
            if (!IsAway)
                return next(context);

            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return Task.CompletedTask;
        });
        app.MapGet("/oauth2/authorize", (HttpContext context) => Authorize(context.Request.Query));
        app.MapPost("/api/oauth2/token", async (HttpRequest request) => GiveToken(await request.ReadFormAsync()));
        app.MapPost("/api/oauth2/token/revoke", async (HttpRequest request) => Revoke(await request.ReadFormAsync()));
        app.MapGet("/api/v10/users/@me", (HttpContext context) => IsGood(context) ? Results.Json(User) : Results.Unauthorized());
        app.MapGet("/api/v10/users/@me/guilds", (HttpContext context) =>
        {
            Interlocked.Increment(ref requests);
            return IsGood(context) ? Results.Json(Guilds) : Results.Unauthorized();
        });
        app.MapGet("/icons/{id}/{hash}.png", SendImage);
        app.MapGet("/avatars/{id}/{hash}.png", SendImage);
    }

    private IResult Authorize(IQueryCollection query)
    {
        if (
            query["client_id"] != "app"
            || query["response_type"] != "code"
            || query["scope"] != "identify guilds"
            || query["code_challenge_method"] != "S256")
            return Results.BadRequest();

        var response = new Dictionary<string, string?> { ["state"] = query["state"] };
        var code = RandomNumberGenerator.GetHexString(30);
        codes[code] = query;
        response.Add(IsDenied ? "error" : "code", IsDenied ? "access_denied" : code);
        return Results.Redirect(QueryHelpers.AddQueryString(query["redirect_uri"]!, response));
    }

    private IResult GiveToken(IFormCollection form)
    {
        if (form["client_id"] != "app" || form["client_secret"] != Secret)
            return Results.Json(new { error = "invalid_client" }, statusCode: StatusCodes.Status401Unauthorized);

        var challenge = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes($"{form["code_verifier"]}")));

        if (form["grant_type"] != "authorization_code" || !codes.TryRemove($"{form["code"]}", out var query)
            || query["redirect_uri"] != form["redirect_uri"] || query["code_challenge"] != challenge)
            return Results.Json(new { error = "invalid_grant" }, statusCode: StatusCodes.Status400BadRequest);

        var token = RandomNumberGenerator.GetHexString(30);
        Tokens[token] = true;
        return Results.Json(
            new
            {
                access_token = token,
                token_type = "Bearer",
                expires_in = ExpiresIn,
                refresh_token = "unused",
                scope = "identify guilds",
            });
    }

    private IResult SendImage() => Image is (var type, var bytes) ? Results.Bytes(bytes, type) : Results.NotFound();

    private IResult Revoke(IFormCollection form) =>
        form["client_secret"] == Secret && Tokens.TryRemove($"{form["token"]}", out _) ? Results.Ok() : Results.BadRequest();

    private bool IsGood(HttpContext context) =>
        context.Request.Headers.Authorization.ToString() is ['B', 'e', 'a', 'r', 'e', 'r', ' ', .. var token] && Tokens.ContainsKey(token);
}
