namespace GameImages.Benchmarks;

/// <summary>Something that is measured did not work, so its figures would mean nothing; the message says what.</summary>
internal sealed class BrokenRunException(string message) : Exception(message);
