using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace GameImages.Bot.Tests.Discord;

/// <summary>A server that is not Discord. It gives every request the same response. Its redirects lead back to it.</summary>
internal sealed class OtherServer : IAsyncDisposable
{
    private readonly WebApplication app;

    private OtherServer(HttpStatusCode status, string body)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.Run(context =>
        {
            Paths.Enqueue(context.Request.Path);
            context.Response.StatusCode = (int)status;
            context.Response.Headers.Location = "/elsewhere";
            return context.Response.WriteAsync(body);
        });
    }

    public ConcurrentQueue<string> Paths { get; } = new();

    public Uri BaseUrl => new($"{app.Urls.Single()}/api/v10/");

    public static async Task<OtherServer> StartAsync(HttpStatusCode status, string body)
    {
        var server = new OtherServer(status, body);
        await server.app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
