using GameImages.Infrastructure.Schema;
using GameImages.Testing.Servers;

namespace GameImages.Benchmarks.Servers;

/// <summary>The published worker that makes variants, with the configuration of production.</summary>
internal static class VariantServer
{
    /// <param name="folder">The folder that the worker was published to.</param>
    public static ServerProcess Start(string folder, Database database) => new(
        "dotnet",
        ["GameImages.Variants.dll"],
        folder,
        [
            KeyValuePair.Create("ASPNETCORE_ENVIRONMENT", "Production"),
            KeyValuePair.Create("ASPNETCORE_URLS", "http://127.0.0.1:0"),
            KeyValuePair.Create("ConnectionStrings__Variants", database.ConnectionString(Roles.Variants)),
        ]);
}
