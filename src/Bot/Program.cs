using GameImages.Bot;
using GameImages.Bot.Delivery;
using GameImages.Bot.Discord;
using GameImages.Bot.Preview;
using GameImages.EmbeddedPostgres;
using GameImages.Infrastructure;
using GameImages.Infrastructure.Schema;

try
{
    return await RunAsync(args);
}
catch (Exception refused)
    when (refused is InvalidSettingException or EmbeddedServerException or SchemaVersionException or TooPowerfulRoleException)
{
    Console.Error.WriteLine(refused.Message);
    return 1;
}

static async Task<int> RunAsync(string[] args)
{
    // The bot reads appsettings.json from its own folder, not from the folder in which it was started.
    var builder = WebApplication.CreateBuilder(["--contentRoot", AppContext.BaseDirectory, .. args]);
    await using var embedded = await builder.StartEmbeddedPostgresAsync();

    var settings = DiscordSettings.Read(builder.Configuration, builder.Environment.IsDevelopment());
    if (settings.Token is null && !builder.Environment.IsDevelopment())
        throw new InvalidSettingException(
            "Discord:Token is not set. Without a token the bot only shows a preview of all games to everyone, which is for Development."
        );

    builder.Services.AddOutbox(builder.Configuration, checkRole: !builder.Environment.IsDevelopment());
    if (settings.Token is null)
        builder.AddPreview(settings);
    else
        builder.Services.AddDelivery(settings);

    await using var app = builder.Build();
    app.MapHealth();
    if (settings.Token is null)
        app.MapPreview();

    var worker = app.Services.GetService<AnnouncementWorker>();
    await app.RunAsync();
    return worker?.HasWrongToken == true ? 1 : 0;
}
