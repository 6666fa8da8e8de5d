using FluentValidation;
using MediatR;

namespace GameImages.Application;

/// <summary>Runs a request's validators before its handler.</summary>
/// <exception cref="ValidationException">At least one rule is broken. It lists all broken rules, and the handler did not run.</exception>
internal sealed class Validation<TRequest, TResponse>(IEnumerable<IValidator<TRequest>> validators)
    : IPipelineBehavior<TRequest, TResponse>
    where TRequest : notnull
{
    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        foreach (var validator in validators)
            await validator.ValidateAndThrowAsync(request, cancellationToken);

        return await next();
    }
}
