using NUnit.Framework;

namespace GameImages.Testing;

/// <summary>A program that a test needs and that a machine may lack.</summary>
public static class Prerequisite
{
    /// <summary>Ignores the test with this reason, but fails it in CI, where build/test.sh has to have installed it.</summary>
    public static void Missing(string reason)
    {
        if (Environment.GetEnvironmentVariable("CI") is null)
            Assert.Ignore(reason);

        Assert.Fail(reason);
    }
}
