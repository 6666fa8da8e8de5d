namespace GameImages.Testing.Discord;

/// <summary>Ignores signals such as Ctrl+C. The program that starts the fake handles them.</summary>
internal sealed class ExternalLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
