using System.CommandLine;
using GameImages.Testing.Discord;

var port = new Option<int>("--port") { Description = "The port to listen on at 127.0.0.1; a free port by default." };
var token = new Option<string>("--token") { Description = "The token of the only bot.", DefaultValueFactory = _ => Bot.Default.Token };
var guild = new Option<long>("--guild") { Description = "The guild that every channel belongs to.", DefaultValueFactory = _ => 42 };
var withoutLimits = new Option<bool>("--without-limits") { Description = "Switches the rate limits off." };
var withoutImages = new Option<bool>("--without-images") { Description = "Fetches no images." };
var withoutHistory = new Option<bool>("--without-history") { Description = "Keeps only the current version of each message." };
var root = new RootCommand("Runs a fake of Discord's HTTP API v10 on this machine and prints each accepted message as a line of JSON.")
{
    port, token, guild, withoutLimits, withoutImages, withoutHistory,
};

root.SetAction(async (parsed, ct) =>
{
    await using var discord = await FakeDiscord.StartAsync(new()
    {
        Port = parsed.GetValue(port),
        Bots = [Bot.Default with { Token = parsed.GetRequiredValue(token) }],
        Guild = parsed.GetValue(guild),
        Limits = parsed.GetValue(withoutLimits) ? null : new(),
        Images = parsed.GetValue(withoutImages) ? null : new(),
        KeepsHistory = !parsed.GetValue(withoutHistory),
        Accepted = Console.WriteLine,
    });

    Console.Error.WriteLine(discord.BaseUrl);
    await Task.Delay(Timeout.InfiniteTimeSpan, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
});

return await root.Parse(args).InvokeAsync();
