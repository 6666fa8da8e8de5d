using System.Text.Json.Nodes;

namespace GameImages.Testing.Discord.Http;

/// <summary>A response of the API.</summary>
/// <param name="Body">The text of the body; empty with status 204.</param>
internal sealed record DiscordResponse(int Status, string Body = "", string ContentType = "application/json")
{
    public static readonly DiscordResponse NotFound = Error(404, 0, "404: Not Found");
    public static readonly DiscordResponse Unauthorized = Error(401, 0, "401: Unauthorized");
    public static readonly DiscordResponse UnknownChannel = Error(404, 10003, "Unknown Channel");
    public static readonly DiscordResponse UnknownMessage = Error(404, 10008, "Unknown Message");
    public static readonly DiscordResponse TooLarge = Error(413, 40005, "Request entity too large");
    public static readonly DiscordResponse MissingAccess = Error(403, 50001, "Missing Access");
    public static readonly DiscordResponse NotTheAuthor = Error(403, 50005, "Cannot edit a message authored by another user");
    public static readonly DiscordResponse EmptyMessage = Error(400, 50006, "Cannot send an empty message");
    public static readonly DiscordResponse MissingPermissions = Error(403, 50013, "Missing Permissions");
    public static readonly DiscordResponse InvalidJson = Error(400, 50109, "The request body contains invalid JSON.");

    public Headers Headers { get; init; } = [];

    public static DiscordResponse Json(int status, JsonNode body) => new(status, body.ToJsonString());

    public static DiscordResponse Error(int status, int code, string message) =>
        Json(status, new JsonObject { ["message"] = message, ["code"] = code });

    public static DiscordResponse InvalidFormBody(JsonNode errors) =>
        Json(400, new JsonObject { ["message"] = "Invalid Form Body", ["code"] = 50035, ["errors"] = errors });

    /// <summary>A response of Cloudflare, the proxy in front of Discord.</summary>
    public static DiscordResponse Html(int status, string title) => new(
        status,
        $"<!DOCTYPE html><html><head><title>{title}</title></head>"
            + $"<body><center><h1>{title}</h1></center><hr><center>cloudflare</center></body></html>",
        "text/html");

    /// <summary>A failure with status 500 comes from Discord as JSON. Other failures come from the proxy as HTML.</summary>
    public static DiscordResponse Failure(int status) =>
        status == 500 ? Error(500, 0, "500: Internal Server Error") : Html(status, $"{status} Error");
}
