using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace GameImages.Variants;

/// <summary>
/// Protects the process of the worker, which has the password of the database, from processes of the same user. An image could take over
/// the decoder, which is such a process.
/// </summary>
internal static partial class OwnProcess
{
    private const string Diagnostics = "DOTNET_EnableDiagnostics";

    /// <summary>
    /// Lowers the priority of this thread, since the service and the database come first. On Linux each thread has a priority, which the
    /// threads and processes that it starts inherit.
    /// </summary>
    public static void LowerPriority()
    {
        using var self = Process.GetCurrentProcess();
        self.PriorityClass = ProcessPriorityClass.BelowNormal;
    }

    /// <summary>
    /// Starts the program again in this process, with the diagnostics of the runtime switched off. They would let processes of the same
    /// user read the environment and the memory, and load code. The runtime reads this setting from the environment only, at its start.
    /// </summary>
    public static void DisableDiagnostics()
    {
        if (Environment.GetEnvironmentVariable(Diagnostics) == "0")
            return;

        string?[] arguments = File.ReadAllText("/proc/self/cmdline").Split('\0');
        arguments[^1] = null;
        if (SetEnvironment(Diagnostics, "0", overwrite: 1) != 0 || Execute("/proc/self/exe", arguments) != 0)
            throw new Win32Exception();
    }

    /// <summary>Hides the memory and the environment of this process in /proc (prctl(2), PR_SET_DUMPABLE).</summary>
    public static void Hide()
    {
        const int setDumpable = 4;
        Control(setDumpable, 0);
    }

    /// <summary>Asks the kernel to send this process SIGTERM when its parent ends (prctl(2), PR_SET_PDEATHSIG).</summary>
    public static void StopWithParent()
    {
        const int setParentDeathSignal = 1;
        const int terminate = 15;
        Control(setParentDeathSignal, terminate);
    }

    private static void Control(int option, nuint value)
    {
        if (Prctl(option, value) != 0)
            throw new Win32Exception();
    }

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    private static partial int Prctl(int option, nuint value);

    [LibraryImport("libc", EntryPoint = "setenv", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);

    [LibraryImport("libc", EntryPoint = "execv", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Execute(string file, string?[] arguments);
}
