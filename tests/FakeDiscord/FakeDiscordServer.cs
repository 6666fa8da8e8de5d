using System.Net;

namespace GameImages.Testing.Discord;

/// <summary>Builds the HTTP server of the fake.</summary>
internal static class FakeDiscordServer
{
    public static WebApplication Build(int port)
    {
        var builder = WebApplication.CreateSlimBuilder();

        // Errors of the server itself go to standard error. Standard output contains only the accepted messages.
        builder.Logging
            .ClearProviders()
            .AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace)
            .SetMinimumLevel(LogLevel.Error);
        builder.Services.AddSingleton<IHostLifetime, ExternalLifetime>();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, port);

            // RequestBody rejects large requests itself, with Discord's error.
            kestrel.Limits.MaxRequestBodySize = null;
        });
        return builder.Build();
    }
}
