namespace GameImages.Infrastructure.Settings;

/// <summary>A setting that nothing can be done with; the message says which, and what is expected.</summary>
public sealed class InvalidSettingException(string message) : Exception(message);
