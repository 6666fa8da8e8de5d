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

    private static void Limit(int resource, nuint soft, nuint hard)
    {
        if (SetLimit(resource, new(soft, hard)) != 0)
            throw new Win32Exception();
    }

    [LibraryImport("libc", EntryPoint = "setrlimit", SetLastError = true)]
    private static partial int SetLimit(int resource, in ResourceLimit limit);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct ResourceLimit(nuint Soft, nuint Hard);
}
