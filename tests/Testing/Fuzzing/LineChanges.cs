namespace GameImages.Testing.Fuzzing;

/// <summary>Requests with another method, path, query or version.</summary>
internal sealed class LineChanges(Values values)
{
    private static readonly string[] Methods =
        ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "PROPFIND", "get", "QUERY"];

    public IEnumerable<RequestChange> All =>
    [
        new("another method", _ => true, draft => draft.Method = values.Pick(Methods)),
        new("HTTP/1.0", _ => true, draft => draft.Version = "HTTP/1.0"),
        new("an unknown version of HTTP", _ => true, draft => draft.Version = "HTTP/9.9"),
        new("a malformed request line", _ => true, draft => draft.Version = values.Pick("HTTP/1.1 x", "HTTPS/1.1", "")),
        new("an unknown id", HasId, draft => draft.Path = WithId(draft, Guid.NewGuid().ToString())),
        new("a malformed id", HasId, draft => draft.Path = WithId(draft, Uri.EscapeDataString(values.Next()))),
        new("an id that is not encoded", HasId, draft =>
            draft.Path = WithId(draft, values.Pick("{}", "\"", "%", "%zz", "a|b", "%00", "é"))),
        new("another extension", draft => draft.Operation.Path.Contains("{ext}", StringComparison.Ordinal), draft =>
            draft.Path = draft.Path[..draft.Path.LastIndexOf('.')] + values.Pick(".gif", ".svg", ".", ".PNG", "/640.webp")),
        new("another width", draft => draft.Operation.Path.Contains("{width}", StringComparison.Ordinal), draft =>
            draft.Path = $"{draft.Path[..draft.Path.LastIndexOf('/')]}/{values.Pick("161", "0", "-1", "0160", "99999", "", "1e2")}.webp"),
        new("a longer path", _ => true, draft => draft.Path += values.Pick("/", "//", "/..", "/x", ".", "%2f", ";a=b")),
        new("a different path", _ => true, draft =>
            draft.Path = values.Pick("/" + draft.Path, draft.Path.ToUpperInvariant(), draft.Path.Replace("/v1", "/v2"))),
        new("a URL that is too long", _ => true, draft => draft.Query.Add($"text={new string('x', 5000)}")),
        new("a parameter with an extreme value", HasQuery, draft =>
        {
            var parameter = values.Pick([.. draft.Operation.Parameters.Where(each => each.Place == "query")]);
            draft.Query.Add($"{parameter.Name}={Uri.EscapeDataString($"{values.Extreme(parameter.Schema)}")}");
        }),
        new("a parameter of the query that is not described", _ => true, draft =>
            draft.Query.Add($"{Uri.EscapeDataString(values.Next())}={Uri.EscapeDataString(values.Next())}")),
        new("another guild in the query", HasGuild, draft =>
        {
            draft.Query.RemoveAll(each => each.StartsWith("guild_id=", StringComparison.Ordinal));
            draft.Query.Add("guild_id=43");
        }),
        new("a query that is not encoded", _ => true, draft =>
            draft.Query.Add(values.Pick("%", "%00", "a=%ff", "&&=&", "guild_id=%e9", "[]="))),
    ];

    private static bool HasId(RequestDraft draft) => draft.Operation.Path.Contains("{id}", StringComparison.Ordinal);

    private static bool HasQuery(RequestDraft draft) => draft.Operation.Parameters.Any(each => each.Place == "query");

    private static bool HasGuild(RequestDraft draft) =>
        draft.Operation.Parameters.Any(each => each is { Place: "query", Name: "guild_id" });

    private static string WithId(RequestDraft draft, string id) => RequestFactory.Path(draft.Operation, id);
}
