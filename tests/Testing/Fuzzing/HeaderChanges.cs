namespace GameImages.Testing.Fuzzing;

/// <summary>Requests with conditions, ranges, and headers that are odd, long or numerous.</summary>
internal sealed class HeaderChanges(FuzzSubject subject, Values values)
{
    private const string Key = "Idempotency-Key";

    private static readonly (string, string)[] Odd =
    [
        ("Expect", "100-continue"), ("Expect", "nonsense"), ("X-HTTP-Method-Override", "DELETE"), ("Accept", "text/plain"),
        ("Content-Encoding", "identity"), ("Content-Encoding", ""), ("Accept", "nonsense"), ("Accept-Encoding", "identity;q=0"),
        ("Via", "1.1 cache"), ("CDN-Loop", "cdn"), ("Upgrade", "websocket"), ("Cookie", "session=abc; csrf=def"),
        ("Cookie", "__Host-session="), ("Origin", "null"), ("Date", "yesterday"), ("X", "\u00E9\u00FF"),
        ("X-Forwarded-For", "nonsense"), ("X-Forwarded-Proto", "gopher"), ("Content-Type", ""), ("Content-Length", "+5"),
        ("Content-Length", "-1"), ("Host", "a b"), ("If-Modified-Since", "nonsense"), ("X Y", "a"), ("", "a"),
        ("X-CSRF-Token", "\u00E9"), ("Authorization", "\u00E9"), ("Prefer", "return=minimal"), ("TE", "trailers"),
        ("Content-Language", "xx"),
    ];

    public IEnumerable<RequestChange> All =>
    [
        // Each condition also goes to operations that do not describe it.
        new("If-Match that fits", _ => true, draft => draft.Set("If-Match", "*")),
        new("If-Match that fails", _ => true, draft => draft.Set("If-Match", values.Pick("\"stale\"", "W/\"stale\"", "\"a\", \"b\""))),
        new("If-Match with nonsense", _ => true, draft => draft.Set("If-Match", values.Next())),
        new("If-None-Match that fits", _ => true, draft => draft.Set("If-None-Match", "*")),
        new("If-None-Match with nonsense", _ => true, draft => draft.Set("If-None-Match", values.Next())),
        new("a range", _ => true, draft => draft.Set("Range", values.Pick("bytes=0-9", "bytes=-1", "bytes=5-"))),
        new("a range beyond the end", _ => true, draft => draft.Set("Range", "bytes=999999999-")),
        new("a range with nonsense", _ => true, draft => draft.Set("Range", values.Next())),
        new("a range under a condition", _ => true, draft =>
        {
            draft.Set("Range", "bytes=0-9");
            draft.Set("If-Range", values.Pick("\"stale\"", "Sun, 06 Nov 1994 08:49:37 GMT", values.Next()));
        }),
        new("an Idempotency-Key", _ => true, draft => draft.Set(Key, Guid.NewGuid().ToString())),
        new("the Idempotency-Key of other requests", _ => true, draft => draft.Set(Key, values.Pick("used", "\"used\""))),
        new("the Idempotency-Key of a request in progress", _ => subject.BusyKey is not null, draft => draft.Set(Key, subject.BusyKey!)),
        new("an Idempotency-Key with nonsense", _ => true, draft => draft.Set(Key, values.Pick("", "a b", new('x', 256), values.Next()))),
        new("two Idempotency-Keys", _ => true, draft => draft.Headers.AddRange([(Key, "a"), (Key, "b")])),
        new("Content-Encoding", _ => true, draft => draft.Set("Content-Encoding", values.Pick("gzip", "br", "x"))),
        new("Content-Range", _ => true, draft => draft.Set("Content-Range", values.Pick("bytes 0-9/10", "nonsense"))),
        new("an odd header", _ => true, draft => draft.Headers.Add(values.Pick(Odd))),
        new("a long header", _ => true, draft => draft.Headers.Add(("X-Long", new string('x', 20_000)))),
        new("many headers", _ => true, draft =>
            draft.Headers.AddRange(Enumerable.Range(0, 100).Select(number => ($"X-{number}", "x")))),
        new("another Transfer-Encoding", _ => true, draft =>
        {
            draft.MediaType ??= "text/plain";
            if (draft.Files.Count == 0)
                draft.Files.Add(("", [1]));
            draft.Headers.Add(("Transfer-Encoding", "gzip"));
            draft.Surplus = null;
        }),
        new("no Host", _ => true, draft => draft.Headers.RemoveAll(each => each.Name == "Host")),
        new("two Hosts", _ => true, draft => draft.Headers.Add(("Host", "example.org"))),
    ];
}
