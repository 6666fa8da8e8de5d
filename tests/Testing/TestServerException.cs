namespace GameImages.Testing;

/// <summary>The server that was asked for cannot be used. The message says why and what to do.</summary>
public sealed class TestServerException(string message) : Exception(message)
{
    /// <summary>Null, because NUnit repeats it for each test of the run.</summary>
    public override string? StackTrace => null;
}
