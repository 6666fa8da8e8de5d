using System.Collections.Frozen;
using GameImages.Infrastructure.Schema;
using GameImages.Testing.Servers;
using Microsoft.Extensions.Primitives;
using Npgsql;

namespace GameImages.Benchmarks.Servers;

/// <summary>The best result that Kestrel can reach: a server without middleware, whose headers are prepared before the request.</summary>
internal static class BareKestrel
{
    private const string ConnectionString = "ConnectionStrings__PublicImages";

    /// <param name="command">The command of this program: "memory" or "select".</param>
    /// <param name="responses">The file with the responses.</param>
    public static ServerProcess Start(string command, string responses, Database database)
    {
        var connectionString = $"{database.ConnectionString(Roles.Public)};Max Auto Prepare=1;Auto Prepare Min Usages=1";
        return new(
            "dotnet",
            [typeof(BareKestrel).Assembly.Location, command, responses],
            Path.GetDirectoryName(responses)!,
            [KeyValuePair.Create(ConnectionString, connectionString)]);
    }

    /// <summary>Sends responses from memory.</summary>
    public static Task ServeMemoryAsync(string file)
    {
        var responses = RecordedResponse.Read(file)
            .ToFrozenDictionary(recorded => (recorded.Path, recorded.IfNoneMatch), recorded => new PreparedResponse(recorded));

        return ServeAsync(context =>
        {
            var request = context.Request;
            return responses[(request.Path.Value!, request.Headers.IfNoneMatch.ToString())].SendAsync(context);
        });
    }

    /// <summary>Sends images that one prepared SELECT reads.</summary>
    public static async Task ServeSelectAsync(string file)
    {
        var prepared = new PreparedResponse(RecordedResponse.Read(file)[0]);
        await using var source = NpgsqlDataSource.Create(Environment.GetEnvironmentVariable(ConnectionString)!);

        await ServeAsync(async context =>
        {
            var path = context.Request.Path.Value!;
            var id = Guid.Parse(path.AsSpan(path.LastIndexOf('/') + 1));
            await using var command = source.CreateCommand("SELECT image_data FROM game_images WHERE id = $1");
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
            await prepared.SendAsync(context, (byte[])(await command.ExecuteScalarAsync(context.RequestAborted))!);
        });
    }

    private static Task ServeAsync(RequestDelegate handle)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false).UseUrls("http://127.0.0.1:0");
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        var app = builder.Build();
        app.Run(handle);
        return app.RunAsync();
    }

    private sealed class PreparedResponse(RecordedResponse recorded)
    {
        private readonly KeyValuePair<string, StringValues>[] headers =
        [
            .. recorded.Headers
                .Where(header => header.Key != "Content-Length")
                .Select(header => KeyValuePair.Create(header.Key, new StringValues(header.Value))),
        ];

        public Task SendAsync(HttpContext context) => SendAsync(context, recorded.Body);

        public Task SendAsync(HttpContext context, byte[] body)
        {
            var response = context.Response;
            response.StatusCode = recorded.Status;
            foreach (var (name, value) in headers)
                response.Headers[name] = value;

            if (recorded.Status == StatusCodes.Status304NotModified)
                return Task.CompletedTask;

            response.ContentLength = body.Length;
            return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : response.BodyWriter.WriteAsync(body).AsTask();
        }
    }
}
