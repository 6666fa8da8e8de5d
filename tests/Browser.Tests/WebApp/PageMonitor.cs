using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace GameImages.Browser.Tests.WebApp;

/// <summary>
/// Records what no page may do: write an error to the console, request something from another origin, or violate its
/// Content-Security-Policy.
/// </summary>
internal sealed class PageMonitor
{
    public ConcurrentQueue<string> Complaints { get; } = [];

    /// <summary>Parts of addresses whose failures are expected.</summary>
    public ConcurrentBag<string> Expected { get; } = [];

    /// <summary>The starts of addresses of other origins that may be requested.</summary>
    public ConcurrentBag<string> Allowed { get; } = [];

    /// <summary>Monitors all pages that are opened from now on.</summary>
    public static async Task<PageMonitor> StartAsync(IBrowserContext context, string origin)
    {
        var monitor = new PageMonitor { Allowed = { $"{origin}/", "blob:" } };
        context.Console += (_, message) =>
        {
            if (message.Type == "error" && !monitor.Expected.Any(message.Location.Contains))
                monitor.Complaints.Enqueue($"{message.Text} ({message.Location})");
        };
        context.WebError += (_, error) => monitor.Complaints.Enqueue(error.Error);
        context.Request += (_, request) =>
        {
            if (!monitor.Allowed.Any(allowed => request.Url.StartsWith(allowed, StringComparison.Ordinal)))
                monitor.Complaints.Enqueue($"The page requested {request.Url}.");
        };

        await context.AddInitScriptAsync(
            "addEventListener('securitypolicyviolation', (event) => console.error(event.violatedDirective, event.blockedURI));");
        return monitor;
    }
}
