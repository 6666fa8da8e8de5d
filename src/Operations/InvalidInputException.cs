namespace GameImages.Operations;

/// <summary>The operator's input cannot be used. The message says why, and what is expected.</summary>
public sealed class InvalidInputException(string message) : Exception(message);
