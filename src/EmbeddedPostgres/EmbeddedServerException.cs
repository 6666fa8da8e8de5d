namespace GameImages.EmbeddedPostgres;

/// <summary>The embedded server could not be had; the message says why and what to do.</summary>
public sealed class EmbeddedServerException(string message) : Exception(message);
