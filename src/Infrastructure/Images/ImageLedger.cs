using GameImages.Application.Images;

namespace GameImages.Infrastructure.Images;

internal sealed class ImageLedger(GameDatabase database) : IImageLedger
{
    public async Task<IImageTransaction> BeginAsync(CancellationToken ct)
    {
        var connection = await database.Source.OpenConnectionAsync(ct);
        return new ImageTransaction(connection, await connection.BeginTransactionAsync(ct));
    }
}
