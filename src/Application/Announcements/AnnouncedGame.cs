using GameImages.Application.Games;
using GameImages.Domain.Images;

namespace GameImages.Application.Announcements;

/// <summary>A game with the formats of its images, which decide the extensions of their URLs. A format is null without an image.</summary>
public sealed record AnnouncedGame(GameResponse Game, ImageFormat? Thumbnail, ImageFormat? Banner);
