using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace GameImages.WebApi.Images;

/// <summary>Limits the requests of each client to the public route, whatever their answer; preflights and methods that it does not have are free.</summary>
internal sealed class PublicImageLimiter(ClientLimiter clients) : PartitionedRateLimiter<HttpContext>
{
    public static async ValueTask RefuseAsync(OnRejectedContext rejected, CancellationToken ct)
    {
        var lease = (RateLease)rejected.Lease;
        rejected.HttpContext.Response.Headers.RetryAfter = $"{lease.ResetSeconds}";
        await ProblemResponse.WriteAsync(rejected.HttpContext, new ProblemDetails
        {
            Status = StatusCodes.Status429TooManyRequests,
            Detail = $"Too many images were requested from this address. The next one will be answered in {lease.ResetSeconds} seconds.",
        });
    }

    public override RateLimiterStatistics? GetStatistics(HttpContext resource) => null;

    protected override RateLimitLease AttemptAcquireCore(HttpContext resource, int permitCount)
    {
        var client = ClientNetwork.Of(resource.Connection.RemoteIpAddress);
        var method = resource.Request.Method;
        var lease = new RateLease(HttpMethods.IsGet(method) || HttpMethods.IsHead(method) ? clients.Acquire(client) : clients.Peek(client));
        resource.Features.Set(lease);
        return lease;
    }

    // Nobody waits in a queue.
    protected override ValueTask<RateLimitLease> AcquireAsyncCore(HttpContext resource, int permitCount, CancellationToken cancellationToken) =>
        new(AttemptAcquireCore(resource, permitCount));
}
