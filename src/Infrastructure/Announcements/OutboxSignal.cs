using GameImages.Application.Announcements;
using GameImages.Infrastructure.Database;

namespace GameImages.Infrastructure.Announcements;

internal sealed class OutboxSignal : NotificationSignal, IOutboxSignal;
