using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace GameImages.Browser.Tests.WebApp;

/// <summary>What no page may do: write an error into the console, ask another origin for something, or go against its Content-Security-Policy.</summary>
internal sealed class Watch
{
    public ConcurrentQueue<string> Complaints { get; } = [];

    /// <summary>Parts of addresses whose failures are expected.</summary>
    public ConcurrentBag<string> Expected { get; } = [];

    /// <summary>Beginnings of addresses of other origins that may be asked for.</summary>
    public ConcurrentBag<string> Allowed { get; } = [];

    /// <summary>Watches all pages that are opened from now on.</summary>
    public static async Task<Watch> StartAsync(IBrowserContext context, string origin)
    {
        var watch = new Watch { Allowed = { $"{origin}/", "blob:" } };
        context.Console += (_, message) =>
        {
            if (message.Type == "error" && !watch.Expected.Any(message.Location.Contains))
                watch.Complaints.Enqueue($"{message.Text} ({message.Location})");
        };
        context.WebError += (_, error) => watch.Complaints.Enqueue(error.Error);
        context.Request += (_, request) =>
        {
            if (!watch.Allowed.Any(allowed => request.Url.StartsWith(allowed, StringComparison.Ordinal)))
                watch.Complaints.Enqueue($"{request.Url} was asked for.");
        };

        await context.AddInitScriptAsync("addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => console.error(violatedDirective, blockedURI));");
        return watch;
    }
}
