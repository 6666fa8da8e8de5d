namespace GameImages.WebApi.Http;

/// <summary>
/// Responds to HEAD wherever the service responds to GET, with the same status and headers (RFC 9110 section 9.3.2). The code behind this
/// middleware sees a GET. Kestrel still knows the method of the request, and sends no body.
/// </summary>
internal static class HeadRequests
{
    public static async Task RespondAsToGet(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        var response = context.Response;

        if (HttpMethods.IsHead(request.Method))
        {
            request.Method = HttpMethods.Get;
            try
            {
                await next(context);
            }
            finally
            {
                request.Method = HttpMethods.Head;
            }

            // Kestrel adds this length to a response to GET that has no body.
            if (!response.HasStarted && response.ContentLength is null && MayHaveBody(response.StatusCode))
                response.ContentLength = 0;
        }
        else
        {
            await next(context);
        }

        // Routing knows only the methods of the endpoints.
        if (response is { HasStarted: false, StatusCode: StatusCodes.Status405MethodNotAllowed } && Allows(response, HttpMethods.Get))
            response.Headers.Allow = $"{response.Headers.Allow}, {HttpMethods.Head}";
    }

    private static bool MayHaveBody(int status) =>
        status is >= 200 and < 400 and not (StatusCodes.Status204NoContent or StatusCodes.Status304NotModified);

    private static bool Allows(HttpResponse response, string method) =>
        response.Headers.GetCommaSeparatedValues("Allow").Contains(method)
        && !response.Headers.GetCommaSeparatedValues("Allow").Contains(HttpMethods.Head);
}
