using System.Diagnostics.Metrics;
using MediatR;
using Polly;
using Polly.Retry;

namespace GameImages.Infrastructure.Database;

/// <summary>
/// Runs a use case again, from its first statement, when its transaction lost a race or its connection before committing.
/// </summary>
internal sealed class TransactionRetry<TRequest, TResponse>(RetryPipeline retry) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : notnull
{
    public Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next) =>
        retry.RunAsync(() => next(), cancellationToken);
}

/// <summary>Retries after a lost race or a lost connection. A connection that is lost during the commit is not retried.</summary>
internal sealed class RetryPipeline
{
    private const int MaxRetries = 6;

    private readonly ResiliencePipeline pipeline;

    /// <param name="meters">Null in the command line, which has no metrics.</param>
    public RetryPipeline(TimeProvider time, IMeterFactory? meters = null)
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
                    ShouldHandle = new PredicateBuilder().Handle<Exception>(fault =>
                        DatabaseFaults.IsLostRace(fault) || DatabaseFaults.IsConnectionLoss(fault)),
                    MaxRetryAttempts = MaxRetries,
                    BackoffType = DelayBackoffType.Exponential,
                    Delay = TimeSpan.FromMilliseconds(10),
                    MaxDelay = TimeSpan.FromMilliseconds(500),
                    UseJitter = true,
                    OnRetry = attempt =>
                    {
                        retries?.Add(
                            1,
                            new KeyValuePair<string, object?>(
                                "reason",
                                DatabaseFaults.IsLostRace(attempt.Outcome.Exception!) ? "lost_race" : "connection_loss"));
                        return default;
                    },
                })
            .Build();
    }

    public async Task<T> RunAsync<T>(Func<Task<T>> work, CancellationToken ct) =>
        await pipeline.ExecuteAsync(async _ => await work(), ct);
}
