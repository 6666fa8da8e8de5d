using System.Text.Json.Nodes;

namespace GameImages.Testing.Fuzzing;

/// <summary>
/// Creates requests for the operations of an OpenAPI document. The same seed creates the same requests, except for the ids and tokens of
/// the subject.
/// </summary>
internal sealed class RequestFactory
{
    private const string Unchanged = "nothing changed";

    // Whether a valid value of these fields is accepted depends on the game and on the other fields.
    private static readonly string[] Conflicting = ["status", "remove_thumbnail", "remove_banner", "thumbnail_id", "banner_image_id"];

    private readonly ApiDocument document;
    private readonly FuzzSubject subject;
    private readonly Values values;
    private readonly RequestChange[] changes;
    private int count;

    public RequestFactory(ApiDocument document, FuzzSubject subject, Random random)
    {
        this.document = document;
        this.subject = subject;
        values = new(random);
        changes =
        [
            .. new CredentialChanges(subject, values).All,
            .. new LineChanges(values).All,
            .. new HeaderChanges(subject, values).All,
            .. new FieldChanges(subject, values).All,
            .. new BodyChanges(subject, values).All,
        ];
    }

    /// <returns>A valid request for each operation, and requests with each single change that fits.</returns>
    public IEnumerable<FuzzRequest> Sweep()
    {
        foreach (var operation in document.Operations)
        {
            // The service treats all images alike.
            foreach (var type in operation.Bodies.Select(body => body.MediaType).Take(2).DefaultIfEmpty())
            {
                yield return Finish(Valid(operation, type));

                foreach (var change in changes)
                {
                    var draft = Valid(operation, type);
                    if (change.Fits(draft))
                        yield return Finish(draft, change);
                }
            }
        }
    }

    /// <returns>A request with up to three changes, or a valid one.</returns>
    public FuzzRequest Next()
    {
        var draft = Valid(values.Pick(document.Operations));
        var applied = new List<RequestChange>();
        for (var left = values.Pick(0, 1, 1, 1, 2, 2, 3); left > 0; left--)
        {
            var change = values.Pick([.. changes.Where(each => each.Fits(draft))]);
            change.Apply(draft);
            applied.Add(change);
        }

        return draft.ToRequest(++count, Name(draft, applied));
    }

    /// <returns>The path of the operation for this id.</returns>
    public static string Path(ApiOperation operation, string id) => operation.Path
        .Replace("{id}", id, StringComparison.Ordinal)
        .Replace("{ext}", "png", StringComparison.Ordinal)
        .Replace("{width}", $"{FuzzSubject.VariantWidth}", StringComparison.Ordinal);

    private FuzzRequest Finish(RequestDraft draft, params RequestChange[] applied)
    {
        foreach (var change in applied)
            change.Apply(draft);

        return draft.ToRequest(++count, Name(draft, applied));
    }

    private static string Name(RequestDraft draft, IReadOnlyCollection<RequestChange> applied) =>
        applied.Count == 0 ? $"{draft.Operation.Id} with {Unchanged}"
            : $"{draft.Operation.Id} with {string.Join(" + ", applied.Select(change => change.Name))}";

    private RequestDraft Valid(ApiOperation operation, string? mediaType = null)
    {
        var draft = new RequestDraft(operation);
        draft.Path = Path(operation, Id(operation));

        foreach (var parameter in operation.Parameters.Where(each => each.Place == "query" && values.OneIn(3)))
        {
            if (values.Valid(parameter.Name, parameter.Schema) is { } value)
                draft.Query.Add($"{parameter.Name}={Uri.EscapeDataString(value.ToString())}");
        }

        AddCredentials(draft);
        if (operation.Bodies.Length > 0)
            AddBody(draft, mediaType ?? values.Pick(operation.Bodies).MediaType);

        return draft;
    }

    private string Id(ApiOperation operation)
    {
        if (operation.Path.Contains("/public/images/", StringComparison.Ordinal))
            return values.Pick(subject.Images);
        if (operation.Path.Contains("/images/", StringComparison.Ordinal))
            return values.Pick(subject.Uploads);
        if (!operation.Path.Contains("/games/", StringComparison.Ordinal))
            return "42";

        return values.Pick(operation is { Method: "DELETE", Path: "/api/v1/games/{id}" } ? subject.DoomedGames : subject.Games);
    }

    private void AddCredentials(RequestDraft draft)
    {
        var security = draft.Operation.Security;
        var isSession = subject.Sessions.Length > 0 && security.Contains("Session") && (security.Length == 1 || values.OneIn(4));
        if (isSession)
            CredentialChanges.AddSession(draft, values.Pick(subject.Sessions));
        else if (security.Length > 0)
            draft.Set("Authorization", $"Bearer {values.Pick(subject.Tokens)}");
    }

    private void AddBody(RequestDraft draft, string mediaType)
    {
        draft.MediaType = mediaType;
        var schema = draft.Operation.Bodies.Single(body => body.MediaType == mediaType).Schema;
        if (schema["properties"] is not JsonObject fields)
        {
            draft.Files.Add(("", new FuzzImages(values).Valid()));
            return;
        }

        var required = (schema["required"]?.AsArray() ?? []).Select(name => name!.GetValue<string>()).ToHashSet();
        foreach (var (name, field) in fields.Where(field => !Conflicting.Contains(field.Key)))
        {
            if (field!["format"]?.GetValue<string>() == "binary")
            {
                if (required.Contains(name) || values.OneIn(2))
                    draft.Files.Add((name, new FuzzImages(values).Valid()));
            }
            else if ((required.Contains(name) || values.OneIn(4)) && values.Valid(name, field.AsObject()) is { } value)
            {
                draft.Fields.Add((name, value));
            }
        }
    }
}
