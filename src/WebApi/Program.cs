using GameImages.Application;
using GameImages.EmbeddedPostgres;
using GameImages.Hosting;
using GameImages.Infrastructure;
using GameImages.Infrastructure.Schema;
using GameImages.WebApi;
using GameImages.WebApi.Errors;
using GameImages.WebApi.Http;
using GameImages.WebApi.Images;
using GameImages.WebApi.OpenApi;
using GameImages.WebApi.Sessions;
using GameImages.WebApi.Transport;
using GameImages.WebApi.Users;
using GameImages.WebApi.WebApp;

return await ProgramStart.RunAsync(async () =>
{
    var builder = WebApplication.CreateBuilder([.. WebAppFiles.ContentRootArguments, .. args]);
    if (builder.Environment.IsDevelopment())
        builder.Configuration.AddDefaults(DevelopmentTokens.BearerSettings(DataFolder.Default()));

    // Disposed of after the last request was served.
    await using var embedded = await builder.StartEmbeddedPostgresAsync(
        new Dictionary<string, string> { ["GameImages"] = Roles.App, ["PublicImages"] = Roles.Public });

    var transport = TransportSettings.Read(builder.Configuration);
    var signIn = SignInSettings.Read(builder.Configuration, builder.Environment);
    var publicImages = PublicImageSettings.Read(builder.Configuration);
    builder.Services
        .AddApplication()
        .AddInfrastructure(builder.Configuration, checkRoles: !builder.Environment.IsDevelopment(), publicImages.CacheBytes)
        .AddWebApi(builder.Configuration)
        .AddSessions(signIn, builder.Environment)
        .AddTransport(transport)
        .AddApiDescription()
        .AddSingleton(UserSettings.Read(builder.Configuration))
        .AddSingleton(publicImages)
        .AddSingleton(VariantSettings.ReadWidths(builder.Configuration))
        .AddSingleton<ImageMembers>()
        .AddScoped<PublicImageEndpoint>();

    var app = builder.Build();

    // Connecting takes as long as the rest of the start, so both run at the same time.
    var hasLeastPrivilege = Task.Run(app.HasLeastPrivilegeAsync);

    app.UseMiddleware<ProblemExceptionHandler>();
    app.UseProxies(transport);
    // The public route applies the rules itself, because its errors have headers of their own.
    app.UseWhen(context => !PublicRoute.Matches(context), others => others.Use(RequestRules.Apply));
    app.UseMiddleware<PublicRoute>();
    app.UseHttps(transport);
    app.Use(ResponseHeaders.DisableErrorCaching);
    app.UseStatusCodePages(status => ProblemResponse.WriteAsync(status.HttpContext));
    app.MapWhen(PublicRoute.Matches, route => route.UseMiddleware<PublicImageEndpoint>());
    app.Use(ResponseHeaders.AddSecurityHeaders);
    app.Use(HeadRequests.RespondAsToGet);
    app.UseRouting();
    app.UseWebApp();
    app.UseAuthentication();
    app.UseMiddleware<UserLimits>();
    app.UseMiddleware<CsrfProtection>();
    app.UseAuthorization();
    app.Use(BodyHeaders.Check);
    app.MapControllers();
    app.MapSignIn(signIn);
    app.MapSession();
    app.MapHealthEndpoints(HealthResponseWriter.WriteAsync).WithMetadata(new HttpMethodMetadata([HttpMethods.Get]));
    app.MapApiDescription();

    if (embedded is not null)
        app.PrintGettingStartedMessage();

    if (!await hasLeastPrivilege)
    {
        // Flushes the log.
        await app.DisposeAsync();
        return 1;
    }

    await app.RunAsync();
    return 0;
});
