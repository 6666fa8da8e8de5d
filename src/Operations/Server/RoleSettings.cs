using GameImages.Infrastructure.Schema;

namespace GameImages.Operations.Server;

/// <summary>The settings of the roles: their passwords, and the connection strings that use them.</summary>
public static class RoleSettings
{
    private static readonly (string Role, string Password, string ConnectionString)[] Names =
    [
        (Roles.Owner, "Roles__Owner__Password", "ConnectionStrings__Migrator"),
        (Roles.App, "Roles__App__Password", "ConnectionStrings__GameImages"),
        (Roles.Public, "Roles__Public__Password", "ConnectionStrings__PublicImages"),
        (Roles.Bot, "Roles__Bot__Password", "ConnectionStrings__Bot"),
        (Roles.Variants, "Roles__Variants__Password", "ConnectionStrings__Variants"),
    ];

    /// <returns>The passwords that are set in the environment, by role.</returns>
    public static IReadOnlyDictionary<string, string> ReadPasswords() => Names
        .Select(name => (name.Role, Password: Environment.GetEnvironmentVariable(name.Password)))
        .Where(setting => !string.IsNullOrEmpty(setting.Password))
        .ToDictionary(setting => setting.Role, setting => setting.Password!);

    /// <summary>Gives the roles of the service, the bot and the worker the passwords that are set in the environment.</summary>
    /// <param name="connectionString">Names a role that may change them.</param>
    public static async Task ApplyPasswordsAsync(string connectionString, CancellationToken ct)
    {
        foreach (var (role, password) in ReadPasswords().Where(setting => setting.Key != Roles.Owner))
            await Roles.SetPasswordAsync(connectionString, role, password, ct);
    }

    /// <returns>The environment variable for the connection string of a role.</returns>
    public static string ConnectionStringOf(string role) => Names.Single(name => name.Role == role).ConnectionString;
}
