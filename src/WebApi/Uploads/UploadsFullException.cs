namespace GameImages.WebApi.Uploads;

/// <summary>There is no memory for another upload.</summary>
/// <param name="ofUser">Whether other uploads of the same user hold the memory. If not, other users hold it.</param>
internal sealed class UploadsFullException(bool ofUser) : Exception(
    $"{(ofUser ? "You are uploading too much at once" : "Too much is being uploaded at once")}. Nothing was changed; try again.")
{
    public int Status => ofUser ? StatusCodes.Status429TooManyRequests : StatusCodes.Status503ServiceUnavailable;
}
