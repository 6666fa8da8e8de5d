using FluentValidation;
using MediatR;

namespace GameImages.Application;

/// <summary>Runs a request's validators before its handler, and refuses with all that they found.</summary>
/// <exception cref="ValidationException">At least one rule does not hold; nothing was done.</exception>
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
