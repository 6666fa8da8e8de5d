using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace GameImages.Browser.Tests.WebApp;

/// <summary>What no page may do: write an error into the console, ask another origin for something, or go against its Content-Security-Policy.</summary>
internal sealed class Watch
{
    public ConcurrentQueue<string> Complaints { get; } = [];

    /// <summary>Parts of addresses whose failures are expected.</summary>
    public ConcurrentBag<string> Expected { get; } = [];

    public static async Task<Watch> StartAsync(IPage page, string origin)
    {
        var watch = new Watch();
        page.Console += (_, message) =>
        {
            if (message.Type == "error" && !watch.Expected.Any(message.Location.Contains))
                watch.Complaints.Enqueue($"{message.Text} ({message.Location})");
        };
        page.PageError += (_, error) => watch.Complaints.Enqueue(error);
        page.Context.Request += (_, request) =>
        {
            if (!request.Url.StartsWith($"{origin}/", StringComparison.Ordinal) && !request.Url.StartsWith("blob:", StringComparison.Ordinal))
                watch.Complaints.Enqueue($"{request.Url} was asked for.");
        };

        await page.AddInitScriptAsync("addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => console.error(violatedDirective, blockedURI));");
        return watch;
    }
}
