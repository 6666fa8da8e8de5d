using System.Collections.Frozen;
using GameImages.Infrastructure.Schema;
using Microsoft.Extensions.Primitives;
using Npgsql;

namespace GameImages.Benchmarks.Servers;

/// <summary>What can be had at best on this server: Kestrel with nothing in front of the answer, and headers that are there before the request.</summary>
internal static class BareKestrel
{
    private const string ConnectionString = "ConnectionStrings__PublicImages";

    /// <param name="command">"memory" or "select".</param>
    /// <param name="answers">The file that the answers are in.</param>
    public static ServerProcess Start(string command, string answers, Database database) =>
        new(
            "dotnet",
            [typeof(BareKestrel).Assembly.Location, command, answers],
            Path.GetDirectoryName(answers)!,
            [
                KeyValuePair.Create(
                    ConnectionString,
                    $"{database.ConnectionString(Roles.Public)};Max Auto Prepare=1;Auto Prepare Min Usages=1"),
            ]);

    /// <summary>Sends answers from memory.</summary>
    public static Task ServeMemoryAsync(string file)
    {
        var answers = Answer.Read(file).ToFrozenDictionary(answer => (answer.Path, answer.IfNoneMatch), answer => new Prepared(answer));

        return ServeAsync(context =>
        {
            var request = context.Request;
            return answers[(request.Path.Value!, request.Headers.IfNoneMatch.ToString())].SendAsync(context);
        });
    }

    /// <summary>Sends pictures as one prepared SELECT brings them.</summary>
    public static async Task ServeSelectAsync(string file)
    {
        var prepared = new Prepared(Answer.Read(file)[0]);
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

    private static Task ServeAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false).UseUrls("http://127.0.0.1:0");
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        var app = builder.Build();
        app.Run(answer);
        return app.RunAsync();
    }

    private sealed class Prepared(Answer answer)
    {
        private readonly KeyValuePair<string, StringValues>[] headers =
        [
            .. answer
                .Headers.Where(header => header.Key != "Content-Length")
                .Select(header => KeyValuePair.Create(header.Key, new StringValues(header.Value))),
        ];

        public Task SendAsync(HttpContext context) => SendAsync(context, answer.Body);

        public Task SendAsync(HttpContext context, byte[] body)
        {
            var response = context.Response;
            response.StatusCode = answer.Status;
            foreach (var (name, value) in headers)
                response.Headers[name] = value;

            if (answer.Status == StatusCodes.Status304NotModified)
                return Task.CompletedTask;

            response.ContentLength = body.Length;
            return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : response.BodyWriter.WriteAsync(body).AsTask();
        }
    }
}
