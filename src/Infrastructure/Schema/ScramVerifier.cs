using System.Security.Cryptography;
using System.Text;

namespace GameImages.Infrastructure.Schema;

/// <summary>
/// Computes the verifier that PostgreSQL stores instead of a password, so that the password is never sent (RFC 5803, RFC 7677).
/// </summary>
internal static class ScramVerifier
{
    private const int Iterations = 4096;
    private const int SaltBytes = 16;

    public static string Of(string password)
    {
        // Npgsql normalizes passwords in this way. Other clients may not, but generated passwords are ASCII.
        var normalized = Encoding.UTF8.GetBytes(password.Normalize(NormalizationForm.FormKC));
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        var salted = Rfc2898DeriveBytes.Pbkdf2(normalized, salt, Iterations, HashAlgorithmName.SHA256, SHA256.HashSizeInBytes);
        var storedKey = SHA256.HashData(HMACSHA256.HashData(salted, "Client Key"u8));
        var serverKey = HMACSHA256.HashData(salted, "Server Key"u8);

        return $"SCRAM-SHA-256${Iterations}:{Convert.ToBase64String(salt)}"
            + $"${Convert.ToBase64String(storedKey)}:{Convert.ToBase64String(serverKey)}";
    }
}
