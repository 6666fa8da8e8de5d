namespace GameImages.Operations;

/// <summary>Going on could lose data or give a wrong answer, so nothing was done; the message says why, and what to do instead.</summary>
public sealed class RefusedException(string message) : Exception(message);
