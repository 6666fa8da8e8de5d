using GameImages.Hosting;
using GameImages.Infrastructure;
using GameImages.Infrastructure.Schema;
using GameImages.Variants;
using GameImages.Variants.Decoding;

if (args is [DecoderChild.Argument, var mimeType, var widths])
    return DecoderChild.Run(mimeType, widths);
if (args is [DecoderChild.CheckArgument])
    return DecoderChild.Check();

// The runtime has started other threads already. After the program has started again, all threads have the priority.
OwnProcess.LowerPriority();
OwnProcess.DisableDiagnostics();

return await ProgramStart.RunAsync(async () =>
{
    // The worker reads appsettings.json from its own folder, not from the folder in which it was started.
    var builder = WebApplication.CreateBuilder(["--contentRoot", AppContext.BaseDirectory, .. args]);

    if (builder.Configuration.ReadSwitch("StopWithParent", fallback: false))
        OwnProcess.StopWithParent();
    OwnProcess.Hide();

    // Disposed of after the worker has stopped.
    await using var embedded = await builder.StartEmbeddedPostgresAsync(
        new Dictionary<string, string> { ["Variants"] = Roles.Variants });

    builder.Services
        .AddVariantBacklog(builder.Configuration, checkRole: !builder.Environment.IsDevelopment())
        .AddSingleton(VariantSettings.ReadWidths(builder.Configuration))
        .AddSingleton(DecoderProgram.OfThis())
        .AddSingleton<VariantMaker>()
        .AddHostedService<VariantWorker>();

    await using var app = builder.Build();
    app.MapHealthEndpoints();

    await app.CheckRolesAsync("The worker");

    var worker = app.Services.GetServices<IHostedService>().OfType<VariantWorker>().Single();
    await app.RunAsync();
    return worker.LacksDecoder || worker.ExecuteTask is { IsFaulted: true } ? 1 : 0;
});
