namespace GameImages.Testing.Discord;

/// <summary>Signals belong to the program that starts the fake.</summary>
internal sealed class Unattended : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
