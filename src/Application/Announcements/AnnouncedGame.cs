using GameImages.Application.Games;
using GameImages.Domain.Images;

namespace GameImages.Application.Announcements;

/// <summary>A game with the formats of its pictures, which their URLs end in; null where there is no picture.</summary>
public sealed record AnnouncedGame(GameResponse Game, ImageFormat? Thumbnail, ImageFormat? Banner);
