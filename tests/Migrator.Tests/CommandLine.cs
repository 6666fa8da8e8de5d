using System.Diagnostics;
using GameImages.EmbeddedPostgres;
using GameImages.Testing;
using Npgsql;

namespace GameImages.Migrator.Tests;

/// <summary>Runs the program gameimages.</summary>
internal static class CommandLine
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "gameimages.dll");

    /// <summary>Runs a command with the connection strings of the owner and of an administrator.</summary>
    public static Task<(int ExitCode, string Output, string Error)> RunAsync(TestDatabase database, params string[] arguments) =>
        RunAsync(Environment(database), arguments);

    public static Task<(int ExitCode, string Output, string Error)> RunAsync(
        Dictionary<string, string> environment, params string[] arguments) => WarmProcess.RunAsync(environment, arguments);

    /// <param name="line">The arguments of gameimages on a line of bash, which may redirect its streams.</param>
    /// <param name="before">The commands that bash runs first.</param>
    public static Task<(int ExitCode, string Output, string Error)> RunShellAsync(
        TestDatabase database, string line, string before = ":") => RunShellAsync(Environment(database), line, before);

    public static Task<(int ExitCode, string Output, string Error)> RunShellAsync(
        Dictionary<string, string> environment, string line, string before = ":") =>
        EndOfAsync(Start(environment, new ProcessStartInfo("bash", ["-c", $"{before}; dotnet '{Program}' {line}"])));

    /// <summary>Runs a command on a terminal, where the answer is typed. Both output streams arrive as one.</summary>
    public static Task<(int ExitCode, string Output, string Error)> RunOnTerminalAsync(
        TestDatabase database,
        string line,
        string answer = "")
    {
        if (!File.Exists("/usr/bin/script"))
            Prerequisite.Missing("The program script, which creates terminals, is missing. Install the package bsdutils (on Debian).");

        return EndOfAsync(
            Start(
                Environment(database),
                new ProcessStartInfo("bash", ["-c", $"echo '{answer}' | script -qec \"dotnet '{Program}' {line}\" /dev/null"])));
    }

    /// <param name="beforeYes">Runs when the terminal shows the question, before it is answered with yes.</param>
    public static async Task<(int ExitCode, string Output)> RunOnTerminalAsync(TestDatabase database, string line, Func<Task> beforeYes)
    {
        using var process = Start(
            Environment(database),
            new ProcessStartInfo("script", ["-qec", $"dotnet '{Program}' {line}", "/dev/null"]),
            closesInput: false);
        var output = "";
        while (!output.EndsWith("[y/N] ", StringComparison.Ordinal))
        {
            var letter = process.StandardOutput.Read();
            output += letter >= 0 ? (char)letter : throw new AssertionException($"The command ended without a question: {output}");
        }

        await beforeYes();
        await process.StandardInput.WriteLineAsync("y");
        output += await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output);
    }

    /// <summary>Runs psql as a superuser.</summary>
    /// <returns>The error output of psql.</returns>
    public static async Task<string> PsqlAsync(string psql, TestDatabase database, string file)
    {
        var connection = new NpgsqlConnectionStringBuilder(database.ConnectionString(EmbeddedServer.Superuser));
        var environment = new Dictionary<string, string> { ["PGPASSWORD"] = connection.Password! };
        var (_, _, error) = await EndOfAsync(
            Start(
                environment,
                new ProcessStartInfo(
                    psql,
                    [
                        "-X",
                        "-h",
                        connection.Host!,
                        "-p",
                        $"{connection.Port}",
                        "-U",
                        connection.Username!,
                        "-f",
                        file,
                        connection.Database!,
                    ])));
        return error;
    }

    public static async Task<(int ExitCode, string Output, string Error)> EndOfAsync(Process started)
    {
        using var process = started;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, (await output).Trim(), (await error).Trim());
    }

    /// <summary>Sends SIGINT, as Ctrl-C does.</summary>
    public static void Interrupt(Process process)
    {
        using var kill = Process.Start("kill", ["-INT", $"{process.Id}"]);
        kill.WaitForExit();
    }

    /// <returns>Standard error without the lines of progress, which depend on the speed of the machine.</returns>
    public static string WithoutProgress(this string error) =>
        string.Join('\n', error.Split('\n').Where(line => !line.StartsWith("Moving images: ", StringComparison.Ordinal)));

    public static Dictionary<string, string> Environment(TestDatabase database) => new()
    {
        ["ConnectionStrings__Migrator"] = database.ConnectionString(EmbeddedServer.Owner),
        ["ConnectionStrings__Administrator"] = database.ConnectionString(EmbeddedServer.Superuser),
    };

    /// <returns>The process, with an empty standard input.</returns>
    public static Process Start(Dictionary<string, string> environment, params string[] arguments) =>
        Start(environment, new ProcessStartInfo("dotnet", [Program, .. arguments]));

    /// <returns>The process, with an open standard input.</returns>
    public static Process StartReading(Dictionary<string, string> environment) =>
        Start(environment, new ProcessStartInfo("dotnet", [Program]), closesInput: false);

    private static Process Start(Dictionary<string, string> environment, ProcessStartInfo start, bool closesInput = true)
    {
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;

        foreach (
            var inherited in new[]
            {
                "DOTNET_ENVIRONMENT",
                "GAMEIMAGES_DATA",
                "ConnectionStrings__Migrator",
                "ConnectionStrings__Administrator",
                "PublicBaseUrl",
            })
            start.Environment.Remove(inherited);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;

        var process = Process.Start(start)!;
        if (closesInput)
            process.StandardInput.Close();
        return process;
    }
}
