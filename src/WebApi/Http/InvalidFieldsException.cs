namespace GameImages.WebApi.Http;

/// <summary>Fields of a request are unknown, repeated or of the wrong type.</summary>
/// <param name="errors">The messages by the names that the fields have in the request.</param>
internal sealed class InvalidFieldsException(Dictionary<string, string[]> errors) : Exception("Some fields are not valid.")
{
    public Dictionary<string, string[]> Errors { get; } = errors;
}
