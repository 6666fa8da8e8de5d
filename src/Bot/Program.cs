using GameImages.Bot;
using GameImages.Bot.Delivery;
using GameImages.Bot.Discord;
using GameImages.Bot.Preview;
using GameImages.Hosting;
using GameImages.Infrastructure;
using GameImages.Infrastructure.Schema;
using GameImages.Infrastructure.Settings;

return await ProgramStart.RunAsync(async () =>
{
    // The bot reads appsettings.json from its own folder, not from the folder in which it was started.
    var builder = WebApplication.CreateBuilder(["--contentRoot", AppContext.BaseDirectory, .. args]);

    // Disposed of after the bot has stopped.
    await using var embedded = await builder.StartEmbeddedPostgresAsync(new Dictionary<string, string> { ["Bot"] = Roles.Bot });

    var settings = DiscordSettings.Read(builder.Configuration, builder.Environment.IsDevelopment());
    if (settings.Token is null && !builder.Environment.IsDevelopment())
    {
        throw new InvalidSettingException(
            "Discord:Token is not set. Without a token the bot only shows a preview of all games to everyone who requests it, "
            + "which is allowed in Development only.");
    }

    builder.Services.AddOutbox(builder.Configuration, checkRole: !builder.Environment.IsDevelopment());
    if (settings.Token is null)
        builder.AddPreview(settings);
    else
        builder.Services.AddDelivery(settings);

    await using var app = builder.Build();
    app.MapHealthEndpoints();
    if (settings.Token is null)
        app.MapPreview();

    await app.CheckRolesAsync("The bot");

    var worker = app.Services.GetServices<IHostedService>().OfType<AnnouncementWorker>().SingleOrDefault();
    await app.RunAsync();
    return worker?.HasWrongToken == true ? 1 : 0;
});
