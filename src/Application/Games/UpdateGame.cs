using FluentValidation;
using GameImages.Application.Images;
using GameImages.Domain.Games;
using GameImages.Domain.Images;
using MediatR;

namespace GameImages.Application.Games;

/// <summary>Changes the fields that the request names. Null clears a field that may be empty.</summary>
public sealed record UpdateGame : IRequest<GameResponse>
{
    public OptionalField<Snowflake?> ChannelId { get; init; }
    public OptionalField<Snowflake?> HostId { get; init; }
    public OptionalField<string> HostName { get; init; }
    public OptionalField<string> Title { get; init; }
    public OptionalField<string> Description { get; init; }
    public OptionalField<string> SignupInstructions { get; init; }
    public OptionalField<string> Location { get; init; }
    public OptionalField<DateTime?> ScheduledAt { get; init; }
    public OptionalField<int?> ExpectedDurationMinutes { get; init; }
    public OptionalField<int?> MaxPlayers { get; init; }
    public OptionalField<GameStatus> Status { get; init; }

    /// <summary>Describes the thumbnail. A new thumbnail does not keep the text of the old one.</summary>
    public OptionalField<string> ThumbnailAlt { get; init; }

    /// <summary>Describes the banner. A new banner does not keep the text of the old one.</summary>
    public OptionalField<string> BannerAlt { get; init; }

    /// <inheritdoc cref="CreateGame.ThumbnailId"/>
    public OptionalField<Guid?> ThumbnailId { get; init; }

    /// <inheritdoc cref="CreateGame.ThumbnailId"/>
    public OptionalField<Guid?> BannerImageId { get; init; }

    public bool RemoveThumbnail { get; init; }
    public bool RemoveBanner { get; init; }

    public Guid Id { get; init; }

    public ImageContent? Thumbnail { get; init; }

    public ImageContent? Banner { get; init; }

    /// <summary>The versions that the game may have, or null for any.</summary>
    public IReadOnlyCollection<string>? ExpectedVersions { get; init; }
}

internal sealed class UpdateGameValidator : AbstractValidator<UpdateGame>
{
    public UpdateGameValidator()
    {
        When(game => game.ChannelId.IsSet, () => RuleFor(game => game.ChannelId.Value).NotNull().WithMessage("A channel is required."));
        When(game => game.HostId.IsSet, () => RuleFor(game => game.HostId.Value).NotNull().WithMessage("A host is required."));
        RuleFor(game => game.HostName.Value).Text(GameDetails.HostNameMaxLength);
        When(game => game.Title.IsSet, () => RuleFor(game => game.Title.Value).Title());
        RuleFor(game => game.Description.Value).Text(GameDetails.DescriptionMaxLength);
        RuleFor(game => game.SignupInstructions.Value).Text(GameDetails.SignupInstructionsMaxLength);
        RuleFor(game => game.Location.Value).Text(GameDetails.LocationMaxLength);
        When(game => game.ScheduledAt.IsSet, () => RuleFor(game => game.ScheduledAt.Value).Start());
        RuleFor(game => game.ExpectedDurationMinutes.Value).Minutes();
        RuleFor(game => game.MaxPlayers.Value).Players();
        When(game => game.Status.IsSet, () => RuleFor(game => game.Status.Value).NotNull().WithMessage("A status is required."));
        RuleFor(game => game.ThumbnailAlt.Value).Text(GameDetails.AltMaxLength);
        RuleFor(game => game.BannerAlt.Value).Text(GameDetails.AltMaxLength);
        RuleFor(game => game.ThumbnailId.Value).NoImageBeside(game => game.Thumbnail);
        RuleFor(game => game.BannerImageId.Value).NoImageBeside(game => game.Banner);
        RuleFor(game => game.RemoveThumbnail)
            .Equal(false)
            .When(game => game.Thumbnail is not null || game.ThumbnailId.Value is not null)
            .WithMessage("Either remove the thumbnail or send one.");
        RuleFor(game => game.RemoveBanner)
            .Equal(false)
            .When(game => game.Banner is not null || game.BannerImageId.Value is not null)
            .WithMessage("Either remove the banner or send one.");
    }
}

internal sealed class UpdateGameHandler(IGameLedger ledger, ICaller caller) : IRequestHandler<UpdateGame, GameResponse>
{
    public async Task<GameResponse> Handle(UpdateGame request, CancellationToken cancellationToken)
    {
        await using var work = ledger.Begin();
        var game = await work.LockGameAsync(request.Id, request.ExpectedVersions, cancellationToken);
        var host = GameHost.Of(game.Details).Change(caller, request.HostId, request.HostName);
        game.Change(Changed(game.Details, request) with { HostId = host.Id, HostName = host.Name });
        game.MoveTo(request.Status.Or(game.Status)!);
        await Images(request).ShowOnAsync(game, work, cancellationToken);
        game.Change(game.Details with
        {
            ThumbnailAlt = request.ThumbnailAlt.Or(game.Details.ThumbnailAlt),
            BannerAlt = request.BannerAlt.Or(game.Details.BannerAlt),
        });
        return await work.CommitUpdateAsync(game);
    }

    private static GameImageContents Images(UpdateGame request) =>
        new(
            Content(request.Thumbnail, request.RemoveThumbnail, request.ThumbnailId),
            Content(request.Banner, request.RemoveBanner, request.BannerImageId))
        {
            ThumbnailId = request.ThumbnailId.Value,
            BannerImageId = request.BannerImageId.Value,
        };

    private static OptionalField<ImageContent> Content(ImageContent? content, bool isRemoved, OptionalField<Guid?> id) =>
        isRemoved || content is not null || id is { IsSet: true, Value: null } ? content : default(OptionalField<ImageContent>);

    private static GameDetails Changed(GameDetails details, UpdateGame request) => details with
    {
        ChannelId = request.ChannelId.Or(details.ChannelId)!.Value,
        Title = request.Title.Or(details.Title)!,
        Description = request.Description.Or(details.Description),
        SignupInstructions = request.SignupInstructions.Or(details.SignupInstructions),
        Location = request.Location.Or(details.Location),
        ScheduledAt = request.ScheduledAt.Or(details.ScheduledAt)!.Value,
        ExpectedDurationMinutes = request.ExpectedDurationMinutes.Or(details.ExpectedDurationMinutes),
        MaxPlayers = request.MaxPlayers.Or(details.MaxPlayers),
    };
}
