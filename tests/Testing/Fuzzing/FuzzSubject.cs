namespace GameImages.Testing.Fuzzing;

/// <summary>What the requests refer to: the games and images of a service, and the credentials of its callers.</summary>
internal sealed record FuzzSubject
{
    /// <summary>The width of the variants that requests are for. Some images have such a variant.</summary>
    public const int VariantWidth = 160;

    /// <summary>Games of guild 42.</summary>
    public required string[] Games { get; init; }

    /// <summary>Games of guild 42 that requests may delete.</summary>
    public required string[] DoomedGames { get; init; }

    /// <summary>PNG images of further games, so that no request deletes them.</summary>
    public required string[] Images { get; init; }

    /// <summary>Images that members have uploaded.</summary>
    public required string[] Uploads { get; init; }

    /// <summary>An image of another guild.</summary>
    public required string ForeignImage { get; init; }

    /// <summary>An Idempotency-Key of a request that never ends. Null if there is none.</summary>
    public string? BusyKey { get; init; }

    /// <summary>Tokens of users who are members of guild 42.</summary>
    public required string[] Tokens { get; init; }

    /// <summary>The token of a member of another guild.</summary>
    public required string Stranger { get; init; }

    /// <summary>The token of a member of guild 42 who is not a Discord user.</summary>
    public required string Robot { get; init; }

    /// <summary>The headers of sessions, without the CSRF token, and these tokens. Empty where the service has no sessions.</summary>
    public (string Cookie, string CsrfToken)[] Sessions { get; init; } = [];

    /// <summary>An image that the operators have blocked.</summary>
    public required byte[] BlockedImage { get; init; }

    /// <summary>A channel that belongs to another guild.</summary>
    public required string ForeignChannel { get; init; }

    /// <summary>The length of the longest image that the service accepts.</summary>
    public required int MaxImageBytes { get; init; }
}
