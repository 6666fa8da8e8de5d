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
/// Retries after a fault for which <see cref="DatabaseFaults.IsRetried"/>. A connection that is lost during the commit is not retried.
/// </summary>
internal sealed class RetryPipeline
{
    private const int MaxRetries = 6;

    private readonly ResiliencePipeline pipeline;

    /// <param name="meters">Null in the command line, which has no metrics.</param>
    /// <param name="writes">The pool of the connections that write; null if the program has no such pool.</param>
    public RetryPipeline(TimeProvider time, IMeterFactory? meters = null, NpgsqlDataSource? writes = null)
    {
        var retries = meters
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
                        attempt.Outcome.Exception is { } fault && ShouldRetry(fault, attempt.AttemptNumber)),
                    MaxRetryAttempts = MaxRetries,
                    BackoffType = DelayBackoffType.Exponential,
                    Delay = TimeSpan.FromMilliseconds(10),
                    MaxDelay = TimeSpan.FromMilliseconds(500),
                    UseJitter = true,
                    OnRetry = attempt =>
                    {
                        var kind = DatabaseFaults.KindOf(attempt.Outcome.Exception!);

                        // The connections of the pool would lead to the read-only server for as long as they are open.
                        if (kind == FaultKind.ReadOnlyServer)
                            writes?.Clear();

                        retries?.Add(1, new KeyValuePair<string, object?>("reason", Reason(kind)));
                        return default;
                    },
                })
            .Build();
    }

    public async Task<T> RunAsync<T>(Func<Task<T>> work, CancellationToken ct) =>
        await pipeline.ExecuteAsync(async _ => await work(), ct);

    // One new connection shows whether the server is still read-only. Six would be many connections for each write of a long maintenance.
    private static bool ShouldRetry(Exception fault, int attempt) =>
        DatabaseFaults.IsRetried(fault) && (attempt == 0 || DatabaseFaults.KindOf(fault) != FaultKind.ReadOnlyServer);

    private static string Reason(FaultKind kind) => kind switch
    {
        FaultKind.LostRace => "lost_race",
        FaultKind.StaleStatement => "stale_statement",
        FaultKind.ReadOnlyServer => "read_only_server",
        _ => "connection_loss",
    };
}
