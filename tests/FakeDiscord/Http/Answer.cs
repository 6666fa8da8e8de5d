using System.Text.Json.Nodes;

namespace GameImages.Testing.Discord.Http;

/// <param name="Body">Empty with 204.</param>
internal sealed record Answer(int Status, string Body = "", string ContentType = "application/json")
{
    public static readonly Answer NotFound = Error(404, 0, "404: Not Found");
    public static readonly Answer Unauthorized = Error(401, 0, "401: Unauthorized");
    public static readonly Answer UnknownChannel = Error(404, 10003, "Unknown Channel");
    public static readonly Answer UnknownMessage = Error(404, 10008, "Unknown Message");
    public static readonly Answer TooLarge = Error(413, 40005, "Request entity too large");
    public static readonly Answer MissingAccess = Error(403, 50001, "Missing Access");
    public static readonly Answer NotTheAuthor = Error(403, 50005, "Cannot edit a message authored by another user");
    public static readonly Answer EmptyMessage = Error(400, 50006, "Cannot send an empty message");
    public static readonly Answer MissingPermissions = Error(403, 50013, "Missing Permissions");
    public static readonly Answer InvalidJson = Error(400, 50109, "The request body contains invalid JSON.");

    public Headers Headers { get; init; } = [];

    public static Answer Json(int status, JsonNode body) => new(status, body.ToJsonString());

    public static Answer Error(int status, int code, string message) =>
        Json(status, new JsonObject { ["message"] = message, ["code"] = code });

    public static Answer InvalidFormBody(JsonNode errors) =>
        Json(400, new JsonObject { ["message"] = "Invalid Form Body", ["code"] = 50035, ["errors"] = errors });

    /// <summary>As Cloudflare answers, before anything has reached Discord.</summary>
    public static Answer Html(int status, string title) =>
        new(status, $"<!DOCTYPE html><html><head><title>{title}</title></head><body><center><h1>{title}</h1></center><hr><center>cloudflare</center></body></html>", "text/html");

    /// <summary>A failure of Discord itself is JSON, one in front of it is not.</summary>
    public static Answer Failure(int status) =>
        status == 500 ? Error(500, 0, "500: Internal Server Error") : Html(status, $"{status} Error");
}
