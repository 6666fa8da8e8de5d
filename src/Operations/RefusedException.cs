namespace GameImages.Operations;

/// <summary>
/// An operation was refused because it could lose data or give a wrong result. Nothing was done. The message says why, and what to do
/// instead.
/// </summary>
public sealed class RefusedException(string message) : Exception(message);
