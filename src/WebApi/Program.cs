using GameImages.Application;
using GameImages.EmbeddedPostgres;
using GameImages.Infrastructure;
using GameImages.Infrastructure.Schema;
using GameImages.Infrastructure.Settings;
using GameImages.WebApi;
using GameImages.WebApi.Images;
using GameImages.WebApi.OpenApi;
using GameImages.WebApi.Sessions;
using GameImages.WebApi.Users;
using Microsoft.AspNetCore.Connections;

try
{
    return await RunAsync(args);
}
catch (Exception refused)
    when (refused
            is InvalidSettingException
                or EmbeddedServerException
                or SchemaVersionException
                or IOException { InnerException: AddressInUseException })
{
    Console.Error.WriteLine(refused.Message);
    return 1;
}

static async Task<int> RunAsync(string[] args)
{
    var builder = WebApplication.CreateBuilder([.. WebApp.WhereItIs, .. args]);
    builder.WebHost.ConfigureKestrel(KestrelLimits.Set);

    // Disposed, and so stopped, after the last request was served.
    await using var embedded = await builder.StartEmbeddedPostgresAsync();

    var publicImages = PublicImageSettings.Read(builder.Configuration);
    builder.Services
        .AddApplication()
        .AddInfrastructure(builder.Configuration, checkRoles: !builder.Environment.IsDevelopment(), publicImages.CacheBytes)
        .AddWebApi(builder.Configuration)
        .AddSessions(builder.Configuration, builder.Environment)
        .AddTransport(builder.Configuration)
        .AddApiDescription()
        .AddSingleton(UserSettings.Read(builder.Configuration))
        .AddSingleton(provider => new ClientLimiter<ClientNetwork>(publicImages.RateLimits, provider.GetRequiredService<TimeProvider>()));

    var app = builder.Build();

    // Connecting takes as long as the rest of the start.
    var hasLeastPrivilege = Task.Run(app.HasLeastPrivilegeAsync);

    app.UseMiddleware<ProblemExceptionHandler>();
    app.UseTransport();
    app.UseMiddleware<PublicRoute>();
    app.UseHttps();
    app.Use(Transport.KeepNoError);
    app.UseStatusCodePages(status => ProblemResponse.WriteAsync(status.HttpContext));
    app.MapWhen(PublicRoute.Matches, route => route.Run(PublicImageEndpoint.AnswerAsync));
    app.Use(Transport.Harden);
    app.UseRouting();
    app.UseWebApp();
    app.UseAuthentication();
    app.UseMiddleware<UserLimits>();
    app.Use(Csrf.CheckAsync);
    app.UseAuthorization();
    app.MapControllers();
    app.MapSessions();
    app.MapHealth();
    app.MapApiDescription();

    if (embedded is not null)
        app.WelcomeWhenStarted();

    if (!await hasLeastPrivilege)
    {
        // Writes what the log still holds.
        await app.DisposeAsync();
        return 1;
    }

    await app.RunAsync();
    return 0;
}
