namespace GameImages.Testing;

/// <summary>The chosen server cannot be used. The message says why, and what to do.</summary>
public sealed class TestServerException(string message) : Exception(message)
{
    /// <summary>Null, because NUnit would print it again for each test of the run.</summary>
    public override string? StackTrace => null;
}
