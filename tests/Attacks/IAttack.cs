namespace GameImages.Attacks;

/// <summary>One kind of abuse, tried on a service and a database in processes of their own.</summary>
internal interface IAttack
{
    /// <summary>What the command line calls it.</summary>
    string Name { get; }

    /// <summary>One sentence for --help.</summary>
    string Description { get; }

    /// <summary>Attacks and prints what happened.</summary>
    /// <returns>Whether the service kept its promises.</returns>
    Task<bool> RunAsync(Target target, CancellationToken ct);
}
