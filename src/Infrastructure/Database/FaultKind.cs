namespace GameImages.Infrastructure.Database;

/// <summary>What an error of the database means for the request that gets it.</summary>
public enum FaultKind
{
    /// <summary>A mistake of the program or of its set-up, which waiting does not repair. The response is 500.</summary>
    Mistake,

    /// <summary>
    /// The transaction was rolled back because of a concurrent one. It is run again. The response is 503 if it loses every time.
    /// </summary>
    LostRace,

    /// <summary>
    /// The session does not have the statement as it was prepared. The transaction is run again, because the driver then prepares the
    /// statement again. The response is 503 if this does not help.
    /// </summary>
    StaleStatement,

    /// <summary>
    /// The session ended or was not opened. The transaction is run again on another connection. The response is 503 if this does not help.
    /// </summary>
    LostConnection,

    /// <summary>
    /// The server does not allow writes. The connections of the pool are closed, at most once a second, because they may lead to a server
    /// that another one has replaced. The transaction is run again once. The response is 503 if this does not help.
    /// </summary>
    ReadOnlyServer,

    /// <summary>The database cannot serve the request now. The response is 503.</summary>
    Unavailable,

    /// <summary>It is not known whether the transaction was committed. The response is 503 and says so.</summary>
    UnknownOutcome,
}
