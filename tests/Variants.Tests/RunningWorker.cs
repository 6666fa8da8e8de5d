using System.Diagnostics;
using System.Text.RegularExpressions;
using GameImages.Infrastructure.Schema;
using GameImages.Testing;
using GameImages.Variants.Decoding;

namespace GameImages.Variants.Tests;

/// <summary>Runs the worker in a process of its own, which a test can kill.</summary>
internal sealed class RunningWorker : RunningProgram
{
    private static readonly string Assembly = typeof(DecoderProgram).Assembly.Location;

    private RunningWorker(ProcessStartInfo start)
        : base(start)
    {
    }

    /// <summary>The address that the worker has logged.</summary>
    public string Address => Regex.Match(Log, @"http://127\.0\.0\.1:\d+").Value;

    /// <param name="folder">The folder of the program; null for the one that was built.</param>
    public static RunningWorker Start(TestDatabase database, string? folder = null)
    {
        var assembly = folder is null ? Assembly : Path.Combine(folder, Path.GetFileName(Assembly));
        return Start(database, "dotnet", assembly);
    }

    /// <summary>Starts the worker without the privileges of root, as in production.</summary>
    public static RunningWorker StartUnprivileged(TestDatabase database) => Environment.IsPrivilegedProcess
        ? Start(database, "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "dotnet", Assembly)
        : Start(database);

    private static RunningWorker Start(TestDatabase database, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments);
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        start.Environment["ConnectionStrings__Variants"] = database.ConnectionString(Roles.Variants);
        return new(start);
    }
}
