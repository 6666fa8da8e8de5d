using GameImages.Application;
using GameImages.EmbeddedPostgres;
using GameImages.Infrastructure;
using GameImages.Infrastructure.Schema;
using GameImages.WebApi;
using GameImages.WebApi.Images;
using GameImages.WebApi.OpenApi;

try
{
    return await RunAsync(args);
}
catch (Exception refused) when (refused is InvalidSettingException or EmbeddedServerException or SchemaVersionException)
{
    Console.Error.WriteLine(refused.Message);
    return 1;
}

static async Task<int> RunAsync(string[] args)
{
    var builder = WebApplication.CreateBuilder(args);
    builder.WebHost.ConfigureKestrel(KestrelLimits.Set);

    // Disposed, and so stopped, after the last request was served.
    await using var embedded = await builder.StartEmbeddedPostgresAsync();

    builder.Services
        .AddApplication()
        .AddInfrastructure(builder.Configuration, checkRoles: !builder.Environment.IsDevelopment())
        .AddWebApi(builder.Configuration)
        .AddTransport(builder.Configuration)
        .AddPublicRateLimits(builder.Configuration)
        .AddApiDescription();

    var app = builder.Build();

    if (!await app.HasLeastPrivilegeAsync())
    {
        // Writes what the log still holds.
        await app.DisposeAsync();
        return 1;
    }

    app.UseMiddleware<PublicHeaders>();
    app.UseTransport();
    app.UseExceptionHandler();
    app.UseStatusCodePages(status => ProblemResponse.WriteAsync(status.HttpContext));
    app.UseWhen(PublicHeaders.Apply, route => route.UseRateLimiter());
    app.UseAuthentication();
    app.UseAuthorization();
    app.MapControllers();
    app.MapHealth();
    app.MapApiDescription();

    if (embedded is not null)
        app.WelcomeWhenStarted();

    await app.RunAsync();
    return 0;
}
