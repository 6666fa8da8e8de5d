using FluentValidation;
using GameImages.Application.Images;
using GameImages.Domain.Games;
using GameImages.Domain.Images;
using MediatR;

namespace GameImages.Application.Games;

/// <summary>Schedules a game in one of the caller's guilds, hosted by the caller unless a trusted client names another host.</summary>
public sealed record CreateGame : IRequest<Answer<GameResponse>>
{
    public Snowflake? GuildId { get; init; }
    public Snowflake? ChannelId { get; init; }
    public Snowflake? HostId { get; init; }
    public string? HostName { get; init; }
    public string? Title { get; init; }
    public string? Description { get; init; }
    public string? SignupInstructions { get; init; }
    public string? Location { get; init; }
    public DateTime? ScheduledAt { get; init; }
    public int? ExpectedDurationMinutes { get; init; }
    public int? MaxPlayers { get; init; }
    public string? ThumbnailAlt { get; init; }
    public string? BannerAlt { get; init; }

    /// <summary>The image to show, instead of a new one. The caller has uploaded it, or a game of the caller's guilds shows it.</summary>
    public Guid? ThumbnailId { get; init; }

    /// <inheritdoc cref="ThumbnailId"/>
    public Guid? BannerImageId { get; init; }

    public ImageContent? Thumbnail { get; init; }

    public ImageContent? Banner { get; init; }

    /// <summary>Null for a request that is carried out each time it is sent.</summary>
    public IdempotencyKey? Key { get; init; }
}

internal sealed class CreateGameValidator : AbstractValidator<CreateGame>
{
    public CreateGameValidator(ICaller caller)
    {
        RuleFor(game => game.GuildId).NotNull().WithMessage("A guild is required.");
        RuleFor(game => game.ChannelId).NotNull().WithMessage("A channel is required.");
        RuleFor(game => game.HostId).NotNull().When(_ => caller.UserId is null).WithMessage("A host is required.");
        RuleFor(game => game.HostName).Text(GameDetails.HostNameMaxLength);
        RuleFor(game => game.Title).Title();
        RuleFor(game => game.Description).Text(GameDetails.DescriptionMaxLength);
        RuleFor(game => game.SignupInstructions).Text(GameDetails.SignupInstructionsMaxLength);
        RuleFor(game => game.Location).Text(GameDetails.LocationMaxLength);
        RuleFor(game => game.ScheduledAt).Start();
        RuleFor(game => game.ExpectedDurationMinutes).Minutes();
        RuleFor(game => game.MaxPlayers).Players();
        RuleFor(game => game.ThumbnailAlt).Text(GameDetails.AltMaxLength);
        RuleFor(game => game.BannerAlt).Text(GameDetails.AltMaxLength);
        RuleFor(game => game.ThumbnailId).NoImageBeside(game => game.Thumbnail);
        RuleFor(game => game.BannerImageId).NoImageBeside(game => game.Banner);
    }
}

internal sealed class CreateGameHandler(IGameLedger ledger, ICaller caller) : IRequestHandler<CreateGame, Answer<GameResponse>>
{
    public async Task<Answer<GameResponse>> Handle(CreateGame request, CancellationToken cancellationToken)
    {
        var guildId = request.GuildId!.Value;
        if (!caller.GuildIds.Contains(guildId))
            throw NotAllowedException.Guild(guildId);

        var host = GameHost.Choose(caller, request.HostId, request.HostName);
        var game = Game.Schedule(guildId, new GameDetails
        {
            ChannelId = request.ChannelId!.Value,
            HostId = host.Id,
            HostName = host.Name,
            Title = request.Title!,
            Description = request.Description,
            SignupInstructions = request.SignupInstructions,
            Location = request.Location,
            ScheduledAt = request.ScheduledAt!.Value,
            ExpectedDurationMinutes = request.ExpectedDurationMinutes,
            MaxPlayers = request.MaxPlayers,
        });

        await using var work = ledger.Begin();
        if (await work.FindAnswerAsync(request.Key, cancellationToken) is { } answer)
            return new(answer, IsReplayed: true);

        var images = new GameImageContents(request.Thumbnail, request.Banner)
        {
            ThumbnailId = request.ThumbnailId,
            BannerImageId = request.BannerImageId,
        };
        await images.ShowOnAsync(game, work, cancellationToken);
        game.Change(game.Details with { ThumbnailAlt = request.ThumbnailAlt, BannerAlt = request.BannerAlt });
        return new(await work.CommitInsertAsync(game, cancellationToken), IsReplayed: false);
    }
}
