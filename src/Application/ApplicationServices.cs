using System.Linq.Expressions;
using System.Reflection;
using System.Text.Json;
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

    // Errors name fields as clients do: game.HostName, and game.HostName.Value of a Change, are host_name.
    private static string? FieldName(Expression? rule) => rule switch
    {
        MemberExpression { Expression: MemberExpression inner } => FieldName(inner),
        MemberExpression { Member: var field } => JsonNamingPolicy.SnakeCaseLower.ConvertName(field.Name),
        _ => null,
    };
}
