namespace GameImages.Infrastructure.Settings;

/// <summary>A setting is invalid. The message names the setting and what is expected.</summary>
public sealed class InvalidSettingException(string message) : Exception(message);
