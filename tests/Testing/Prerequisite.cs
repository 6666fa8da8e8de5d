using NUnit.Framework;

namespace GameImages.Testing;

/// <summary>A program that a test needs, but that is not on every machine.</summary>
public static class Prerequisite
{
    /// <summary>Ignores the test with this reason. In CI it fails the test, because build/test.sh installs the program.</summary>
    public static void Missing(string reason)
    {
        if (Environment.GetEnvironmentVariable("CI") is null)
            Assert.Ignore(reason);

        Assert.Fail(reason);
    }
}
