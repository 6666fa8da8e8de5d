using FluentValidation;
using GameImages.Domain.Games;
using MediatR;

namespace GameImages.Application.Images;

/// <summary>
/// Lists the caller's uploads and the images that the games of a guild show, in pages. The image that was used last comes first.
/// </summary>
public sealed record ListImages : IRequest<ImagePage>
{
    public const int DefaultLimit = 20;
    public const int MaxLimit = 100;

    /// <summary>Null lists the caller's uploads only.</summary>
    public Snowflake? GuildId { get; init; }

    public int? Limit { get; init; }
    public PageCursor? Cursor { get; init; }
}

/// <param name="NextCursor">The cursor of the next page; null after the last page.</param>
public sealed record ImagePage(IReadOnlyList<LibraryImage> Items, PageCursor? NextCursor);

internal sealed class ListImagesValidator : AbstractValidator<ListImages>
{
    public ListImagesValidator() =>
        RuleFor(list => list.Limit).InclusiveBetween(1, ListImages.MaxLimit).WithMessage($"1 to {ListImages.MaxLimit}.");
}

internal sealed class ListImagesHandler(IImageLibrary library, ICaller caller) : IRequestHandler<ListImages, ImagePage>
{
    /// <exception cref="NotAllowedException">The caller is not a member of the guild.</exception>
    public async Task<ImagePage> Handle(ListImages request, CancellationToken cancellationToken)
    {
        if (request.GuildId is { } guild && !caller.GuildIds.Contains(guild))
            throw NotAllowedException.Guild(guild);

        // One image more than the limit shows whether there is a next page.
        var limit = request.Limit ?? ListImages.DefaultLimit;
        var images = await library.ListAsync(request, limit + 1, cancellationToken);

        if (images.Count <= limit)
            return new(images, null);

        var last = images[limit - 1];
        return new([.. images.Take(limit)], new(last.UsedAt, last.Id));
    }
}
