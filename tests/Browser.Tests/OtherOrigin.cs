using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace GameImages.Browser.Tests;

/// <summary>A site of another origin. It serves given files under given types, without the headers of the service.</summary>
internal sealed class OtherOrigin : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, (byte[] Bytes, string Type)> files = new();
    private readonly WebApplication site;

    private OtherOrigin(WebApplication site)
    {
        this.site = site;
        site.MapGet("/{name}", (string name) =>
            files.TryGetValue(name, out var file) ? Results.Bytes(file.Bytes, file.Type) : Results.NotFound());
    }

    public static async Task<OtherOrigin> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();

        var site = new OtherOrigin(builder.Build());
        await site.site.StartAsync();
        return site;
    }

    /// <returns>The URL of the file.</returns>
    public string Serve(byte[] bytes, string type)
    {
        var name = $"{Guid.NewGuid():N}";
        files[name] = (bytes, type);
        return $"{site.Urls.Single()}/{name}";
    }

    /// <returns>The URL of a page.</returns>
    public string Serve(string html) => Serve(System.Text.Encoding.UTF8.GetBytes(html), "text/html");

    public ValueTask DisposeAsync() => site.DisposeAsync();
}
