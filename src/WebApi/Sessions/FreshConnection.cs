namespace GameImages.WebApi.Sessions;

/// <summary>
/// Lets a page post on a connection that no request has used before. A browser sends a POST again by itself, without asking the page, when a connection
/// that it reused is closed before the first byte of the answer: RFC 9112, section 9.3.1, allows that only where the client knows it to be safe, but
/// browsers do it for every method. Over HTTP/1.1 the connection of this request is closed. HTTP/2 has one for all requests; there it only tells the time.
/// </summary>
internal static class FreshConnection
{
    public static Task AnswerAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        context.Response.Headers.CacheControl = "no-store";
        if (HttpProtocol.IsHttp11(context.Request.Protocol))
            context.Response.Headers.Connection = "close";

        return Task.CompletedTask;
    }
}
