using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;
using Npgsql;

/// <summary>
/// Lets a process of gameimages run many command lines, one after another, because the start of .NET takes most of a short run.
/// The runtime calls it before Main (DOTNET_STARTUP_HOOKS). See <see cref="GameImages.Migrator.Tests.WarmProcess"/> for the other end.
/// </summary>
internal static class StartupHook
{
    private const int Input = 0;
    private const int Output = 1;
    private const int Error = 2;
    private const int Aborted = 134;

    public static void Initialize()
    {
        Environment.SetEnvironmentVariable("DOTNET_STARTUP_HOOKS", null);

        // Requests and responses use copies of the standard streams. Commands get an empty input, and a file for each output.
        using var requests = new StreamReader(new FileStream(Copy(Input), FileAccess.Read));
        using var answers = new StreamWriter(new FileStream(Copy(Output), FileAccess.Write)) { AutoFlush = true };
        Redirect(Input, File.OpenHandle("/dev/null"));
        var main = Assembly.Load("gameimages").EntryPoint!;

        while (requests.ReadLine() is { } line)
            answers.WriteLine(Run(main, JsonSerializer.Deserialize<Request>(line)!));

        Environment.Exit(0);
    }

    private static int Run(MethodInfo main, Request request)
    {
        foreach (var (name, value) in request.Environment)
            Environment.SetEnvironmentVariable(name, value);
        using var output = Writer(Output, request.Output, Console.OpenStandardOutput);
        using var error = Writer(Error, request.Error, Console.OpenStandardError);
        Console.SetOut(output);
        Console.SetError(error);

        try
        {
            return (int)main.Invoke(null, [request.Arguments])!;
        }
        catch (TargetInvocationException unhandled)
        {
            error.WriteLine($"Unhandled exception. {unhandled.InnerException}");
            return Aborted;
        }
        finally
        {
            // The end of a process would do the same.
            NpgsqlConnection.ClearAllPools();
            foreach (var name in request.Environment.Keys)
                Environment.SetEnvironmentVariable(name, null);
        }
    }

    private static StreamWriter Writer(int descriptor, string file, Func<Stream> open)
    {
        Redirect(descriptor, File.OpenHandle(file, FileMode.Create, FileAccess.Write));
        return new(open()) { AutoFlush = true };
    }

    private static void Redirect(int descriptor, SafeFileHandle file)
    {
        using (file)
            Check(Native.dup2((int)file.DangerousGetHandle(), descriptor));
    }

    private static SafeFileHandle Copy(int descriptor) => new(Check(Native.dup(descriptor)), ownsHandle: true);

    private static int Check(int result) => result >= 0 ? result : throw new IOException($"errno {Marshal.GetLastPInvokeError()}");

    internal sealed record Request(string[] Arguments, Dictionary<string, string> Environment, string Output, string Error);

    private static class Native
    {
        [DllImport("libc", SetLastError = true)]
        public static extern int dup(int descriptor);

        [DllImport("libc", SetLastError = true)]
        public static extern int dup2(int descriptor, int other);
    }
}
