using GameImages.Bot;
using GameImages.Bot.Delivery;
using GameImages.Bot.Discord;
using GameImages.Bot.Preview;
using GameImages.EmbeddedPostgres;
using GameImages.Infrastructure;
using GameImages.Infrastructure.Database;
using GameImages.Infrastructure.Schema;
using GameImages.Infrastructure.Settings;

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
    // Its settings lie beside it, wherever it is started.
    var builder = WebApplication.CreateBuilder(["--contentRoot", AppContext.BaseDirectory, .. args]);
    await using var embedded = await builder.StartEmbeddedPostgresAsync();

    var settings = DiscordSettings.Read(builder.Configuration, builder.Environment.IsDevelopment());
    if (settings.Token is null && !builder.Environment.IsDevelopment())
        throw new InvalidSettingException(
            "Discord:Token is not set. Without one there is only a preview, which shows every game to whoever asks: it is for Development."
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
