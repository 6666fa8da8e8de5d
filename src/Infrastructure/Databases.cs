using Npgsql;

namespace GameImages.Infrastructure;

/// <summary>The pool of connections that reads and writes games and their images.</summary>
internal sealed record GameDatabase(NpgsqlDataSource Source);

/// <summary>The pool of connections behind the public door.</summary>
internal sealed record PublicDatabase(NpgsqlDataSource Source);
