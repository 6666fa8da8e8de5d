namespace GameImages.Testing.Servers;

/// <summary>A program or a request of a measurement failed, so its figures are useless. The message names the failure.</summary>
internal sealed class BrokenRunException(string message) : Exception(message);
