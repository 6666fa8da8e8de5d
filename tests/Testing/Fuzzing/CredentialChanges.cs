namespace GameImages.Testing.Fuzzing;

/// <summary>Requests of nobody, of strangers, and with credentials that are not valid.</summary>
internal sealed class CredentialChanges(FuzzSubject subject, Values values)
{
    public IEnumerable<RequestChange> All =>
    [
        new("no credentials", NeedsUser, Remove),
        new("the token of a stranger", _ => true, draft => SetToken(draft, subject.Stranger)),
        new("the token of a program", _ => true, draft => SetToken(draft, subject.Robot)),
        new("a changed token", NeedsUser, draft => SetToken(draft, values.Mutate(values.Pick(subject.Tokens)))),
        new("an Authorization header of another kind", _ => true, draft =>
        {
            Remove(draft);
            draft.Set("Authorization", values.Pick("Bearer", "Basic YTpi", "Bearer ", values.Next()));
        }),
        new("a session", _ => subject.Sessions.Length > 0, draft =>
        {
            Remove(draft);
            AddSession(draft, values.Pick(subject.Sessions));
        }),
        new("a session without its CSRF token", draft => subject.Sessions.Length > 0 && draft.Operation.Has("X-CSRF-Token"), draft =>
        {
            Remove(draft);
            AddSession(draft, (values.Pick(subject.Sessions).Cookie, values.Next()));
        }),
        new("a session that has ended", _ => subject.Sessions.Length > 0, draft =>
        {
            Remove(draft);
            AddSession(draft, (values.Mutate(values.Pick(subject.Sessions).Cookie), ""));
        }),
    ];

    /// <summary>Adds a session, as a browser and the proxy in front of the service would.</summary>
    public static void AddSession(RequestDraft draft, (string Cookie, string CsrfToken) session)
    {
        draft.Set("X-Forwarded-Proto", "https");
        draft.Set("Cookie", session.Cookie);
        draft.Set("X-CSRF-Token", session.CsrfToken);
    }

    private static bool NeedsUser(RequestDraft draft) => draft.Operation.Security.Length > 0;

    private static void SetToken(RequestDraft draft, string token)
    {
        Remove(draft);
        draft.Set("Authorization", $"Bearer {token}");
    }

    private static void Remove(RequestDraft draft) =>
        draft.Headers.RemoveAll(each => each.Name is "Authorization" or "Cookie" or "X-CSRF-Token" or "X-Forwarded-Proto");
}
