using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace GameImages.Variants.Decoding;

/// <summary>The limits of the child process that decodes an image (setrlimit(2)). The kernel ends a child that exceeds them.</summary>
internal static partial class ChildLimits
{
    public const int MemoryMebibytes = 512;

    public const int CpuSeconds = 10;

    private const int OpenFiles = 64;

    // The resources of Linux, which have the same numbers on x64 and arm64.
    private const int Cpu = 0;
    private const int Data = 2;
    private const int Core = 4;
    private const int Files = 7;

    /// <summary>Limits this process for the rest of its life.</summary>
    public static void Apply()
    {
        // The runtime reserves far more addresses than it uses, so RLIMIT_AS would stop it. RLIMIT_DATA counts the private memory that
        // can be written.
        Limit(Data, MemoryMebibytes * 1024 * 1024, MemoryMebibytes * 1024 * 1024);
        Limit(Cpu, CpuSeconds, CpuSeconds + 1);
        Limit(Files, OpenFiles, OpenFiles);
        Limit(Core, 0, 0);

        // The service and the database come first.
        using var self = Process.GetCurrentProcess();
        self.PriorityClass = ProcessPriorityClass.Idle;
    }

    /// <summary>
    /// Hides the memory and the environment of this process, which have the password of the database, from processes of the same user. A
    /// decoder that an image has taken over could read them otherwise (prctl(2), PR_SET_DUMPABLE).
    /// </summary>
    public static void HideFromChildren()
    {
        const int setDumpable = 4;
        if (Prctl(setDumpable, 0) != 0)
            throw new Win32Exception();
    }

    /// <summary>Asks the kernel to send this process SIGTERM when its parent ends (prctl(2), PR_SET_PDEATHSIG).</summary>
    public static void StopWithParent()
    {
        const int setParentDeathSignal = 1;
        const int terminate = 15;
        if (Prctl(setParentDeathSignal, terminate) != 0)
            throw new Win32Exception();
    }

    private static void Limit(int resource, nuint soft, nuint hard)
    {
        if (SetLimit(resource, new(soft, hard)) != 0)
            throw new Win32Exception();
    }

    [LibraryImport("libc", EntryPoint = "setrlimit", SetLastError = true)]
    private static partial int SetLimit(int resource, in ResourceLimit limit);

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    private static partial int Prctl(int option, nuint value);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct ResourceLimit(nuint Soft, nuint Hard);
}
