using System.Linq.Expressions;
using System.Reflection;
using FluentValidation;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace GameImages.Application;

public static class ApplicationServices
{
    extension(IServiceCollection services)
    {
        /// <summary>
        /// Adds the use cases, which are sent through <see cref="IMediator"/>. Infrastructure adds the ports that they need.
        /// </summary>
        public IServiceCollection AddApplication()
        {
            ValidatorOptions.Global.PropertyNameResolver = (_, _, rule) => FieldName(rule?.Body);

            services.AddScoped<ServiceFactory>(provider => provider.GetRequiredService);
            services.AddScoped<IMediator, Mediator>();
            services.AddTransient(typeof(IPipelineBehavior<,>), typeof(Validation<,>));

            var assembly = Assembly.GetExecutingAssembly();

            // One instance of each, because building the rules of a validator takes longer than checking them.
            services.AddValidatorsFromAssembly(assembly, ServiceLifetime.Singleton, includeInternalTypes: true);

            foreach (var type in assembly.GetTypes())
            {
                foreach (
                    var handled in type.GetInterfaces()
                        .Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IRequestHandler<,>)))
                    services.AddTransient(handled, type);
            }

            return services;
        }
    }

    // An error names the property of the request: HostName for both game.HostName and game.HostName.Value of an optional field.
    private static string? FieldName(Expression? rule) => rule switch
    {
        MemberExpression { Expression: MemberExpression inner } => FieldName(inner),
        MemberExpression { Member: var field } => field.Name,
        _ => null,
    };
}
