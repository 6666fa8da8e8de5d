using GameImages.Application;
using GameImages.EmbeddedPostgres;
using GameImages.Infrastructure;
using GameImages.WebApi;
using GameImages.WebApi.Images;
using GameImages.WebApi.OpenApi;

var builder = WebApplication.CreateBuilder(args);
builder.WebHost.ConfigureKestrel(KestrelLimits.Set);

EmbeddedServer? embedded;
try
{
    embedded = await builder.StartEmbeddedPostgresAsync();
}
catch (EmbeddedServerException unavailable)
{
    Console.Error.WriteLine(unavailable.Message);
    return 1;
}

// Disposed, and so stopped, after the last request was served.
await using var stopping = embedded;

builder.Services
    .AddApplication()
    .AddInfrastructure(builder.Configuration, checkRoles: !builder.Environment.IsDevelopment())
    .AddWebApi(builder.Configuration)
    .AddTransport(builder.Configuration)
    .AddPublicRateLimits(builder.Configuration)
    .AddApiDescription();

var app = builder.Build();

if (!await app.HasLeastPrivilegeAsync())
    return 1;

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
