using System.Diagnostics.Metrics;
using MediatR;
using Npgsql;
using Polly;
using Polly.Retry;

namespace GameImages.Infrastructure.Database;

/// <summary>
/// Runs a use case again, from its first statement, when its transaction failed before committing and may succeed in another attempt.
/// </summary>
internal sealed class TransactionRetry<TRequest, TResponse>(RetryPipeline retry) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : notnull
{
    public Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next) =>
        retry.RunAsync(() => next(), cancellationToken);
}

/// <summary>
/// Retries after a fault for which <see cref="DatabaseFaults.IsRetried"/>, and once more after an error of a read-only server. A
/// connection that is lost during the commit is not retried.
/// </summary>
internal sealed class RetryPipeline
{
    private const int MaxRetries = 6;

    private readonly ResiliencePipeline pipeline;
    private readonly Counter<long>? retries;
    private readonly PoolRenewal? renewal;

    /// <param name="meters">Null in the command line, which has no metrics.</param>
    /// <param name="writes">The pool of the connections that write; null if the program has no such pool.</param>
    public RetryPipeline(TimeProvider time, IMeterFactory? meters = null, NpgsqlDataSource? writes = null)
    {
        renewal = writes is null ? null : new(writes, time);
        retries = meters
            ?.Create("GameImages")
            .CreateCounter<long>(
                "gameimages.transaction.retries",
                "{retry}",
                "Transactions that were run again, by the reason why the attempt before failed.");

        pipeline = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(
                new RetryStrategyOptions
                {
                    ShouldHandle = attempt => ValueTask.FromResult(
                        attempt.Outcome.Exception is { } fault && DatabaseFaults.IsRetried(fault)),
                    MaxRetryAttempts = MaxRetries,
                    BackoffType = DelayBackoffType.Exponential,
                    Delay = TimeSpan.FromMilliseconds(10),
                    MaxDelay = TimeSpan.FromMilliseconds(500),
                    UseJitter = true,
                    OnRetry = attempt =>
                    {
                        Count(attempt.Outcome.Exception!);
                        return default;
                    },
                })
            .Build();
    }

    public async Task<T> RunAsync<T>(Func<Task<T>> work, CancellationToken ct) =>
        await pipeline.ExecuteAsync(async _ => await RunOnWritableServerAsync(work), ct);

    // One new connection shows whether the server is still read-only. Six would be many connections for each write of a long maintenance.
    private async Task<T> RunOnWritableServerAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception fault) when (DatabaseFaults.KindOf(fault) == FaultKind.ReadOnlyServer)
        {
            renewal?.RenewAfter(fault);
            Count(fault);
        }

        return await work();
    }

    private void Count(Exception fault) =>
        retries?.Add(1, new KeyValuePair<string, object?>("reason", Reason(DatabaseFaults.KindOf(fault))));

    private static string Reason(FaultKind kind) => kind switch
    {
        FaultKind.LostRace => "lost_race",
        FaultKind.StaleStatement => "stale_statement",
        FaultKind.ReadOnlyServer => "read_only_server",
        _ => "connection_loss",
    };
}
