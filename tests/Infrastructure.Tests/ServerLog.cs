using System.Text.Json;
using GameImages.Infrastructure.Schema;
using GameImages.Testing;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace GameImages.Infrastructure.Tests;

/// <summary>The notices of the server, which Npgsql logs. They contain the plans of the statements.</summary>
internal sealed class ServerLog : ILoggerProvider, ILogger
{
    public List<string> Messages { get; } = [];

    public static Task LogPlansAsync(TestDatabase database) => database.ExecuteAsync(
        $"""
        ALTER DATABASE "{database.Name}" SET session_preload_libraries = 'auto_explain';
        ALTER DATABASE "{database.Name}" SET auto_explain.log_min_duration = 0;
        ALTER DATABASE "{database.Name}" SET auto_explain.log_analyze = on;
        ALTER DATABASE "{database.Name}" SET auto_explain.log_format = 'json';
        """);

    /// <summary>A pool whose connections send their plans.</summary>
    /// <param name="plans">Either custom or generic.</param>
    public static NpgsqlDataSourceBuilder Builder(TestDatabase database, string plans) => new(
        $"{database.ConnectionString(Roles.App)};Options=-c plan_cache_mode=force_{plans}_plan -c client_min_messages=log;"
            + "Max Auto Prepare=10;Auto Prepare Min Usages=1");

    /// <returns>The nodes of the plan of the only statement with this text.</returns>
    public List<JsonElement> Plan(string statement)
    {
        var plan = Messages.Single(message =>
            message.Contains(statement, StringComparison.Ordinal) && message.Contains("plan:", StringComparison.Ordinal));
        using var json = JsonDocument.Parse(plan[plan.IndexOf('{', StringComparison.Ordinal)..]);
        return [.. Nodes(json.RootElement.GetProperty("Plan").Clone())];
    }

    public static string? Text(JsonElement node, string name) => node.TryGetProperty(name, out var text) ? text.GetString() : null;

    private static IEnumerable<JsonElement> Nodes(JsonElement node) =>
        node.TryGetProperty("Plans", out var below) ? below.EnumerateArray().SelectMany(Nodes).Prepend(node) : [node];

    public ILogger CreateLogger(string categoryName) => this;

    public bool IsEnabled(LogLevel logLevel) => true;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter) => Messages.Add(formatter(state, exception));

    public void Dispose()
    {
    }
}
