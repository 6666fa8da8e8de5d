namespace GameImages.Attacks;

/// <summary>One kind of abuse, tested on a service and a database in separate processes.</summary>
internal interface IAttack
{
    /// <summary>The name on the command line.</summary>
    string Name { get; }

    /// <summary>One sentence for --help.</summary>
    string Description { get; }

    /// <summary>Attacks and prints what happened.</summary>
    /// <returns>Whether the service passed the test.</returns>
    Task<bool> RunAsync(Target target, CancellationToken ct);
}
