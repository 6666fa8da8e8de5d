using GameImages.Infrastructure.Database;
using Npgsql;

namespace GameImages.Operations.Images;

/// <summary>Finds variants whose bytes are not those that were stored. The database computes the hashes.</summary>
internal static class DamagedVariants
{
    /// <param name="percent">The share of the variants to read, chosen at random.</param>
    public static async Task<IEnumerable<ImageProblem>> FindAsync(NpgsqlConnection connection, double percent, CancellationToken ct)
    {
        var damaged = await connection.QueryAsync<(Guid ImageId, int Width)>(new(
            "SELECT image_id, width FROM image_variants WHERE 100 * random() < @percent AND content_hash <> sha256(image_data)",
            new { percent }, cancellationToken: ct));

        return damaged.Select(variant => new ImageProblem(
            ImageProblemKind.WrongVariant,
            $"The variant of image {variant.ImageId} with a width of {variant.Width} has bytes that do not match its hash: "
            + $"gameimages variants rebuild {variant.ImageId} has it made again.",
            variant.ImageId));
    }
}
