using Microsoft.AspNetCore.Connections;

namespace GameImages.WebApi.Uploads;

/// <summary>Turns the exceptions of the framework's form reader into errors of the client.</summary>
internal static class FormErrors
{
    /// <exception cref="BadHttpRequestException">The form is incomplete or malformed.</exception>
    public static async Task<T> RunAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        // The reader throws these if the final boundary is missing, or if headers are too long or too many.
        catch (Exception malformed)
            when (malformed is InvalidDataException or (IOException and not (BadHttpRequestException or ConnectionResetException)))
        {
            throw new BadHttpRequestException("The form is incomplete or malformed.", malformed);
        }
    }
}
