namespace GameImages.Infrastructure.Database;

/// <summary>The parameters of connection URLs.</summary>
internal static partial class ConnectionUrl
{
    /// <summary>Npgsql's keywords for the parameters that only have another name there.</summary>
    private static readonly Dictionary<string, string> Keywords = new()
    {
        ["application_name"] = "Application Name",
        ["channel_binding"] = "Channel Binding",
        ["client_encoding"] = "Client Encoding",
        ["connect_timeout"] = "Timeout",
        ["dbname"] = "Database",
        ["gssencmode"] = "GSS Encryption Mode",
        ["host"] = "Host",
        ["keepalives_idle"] = "Tcp Keepalive Time",
        ["keepalives_interval"] = "Tcp Keepalive Interval",
        ["krbsrvname"] = "Kerberos Service Name",
        ["options"] = "Options",
        ["passfile"] = "Passfile",
        ["password"] = "Password",
        ["port"] = "Port",
        ["require_auth"] = "Require Auth",
        ["sslcert"] = "SSL Certificate",
        ["sslkey"] = "SSL Key",
        ["sslnegotiation"] = "SSL Negotiation",
        ["sslpassword"] = "SSL Password",
        ["sslrootcert"] = "Root Certificate",
        ["target_session_attrs"] = "Target Session Attributes",
        ["user"] = "Username",
    };

    /// <summary>The parameters whose values are written in another way for Npgsql.</summary>
    private static readonly string[] Translated = ["sslmode", "keepalives", "load_balance_hosts", "pgbouncer"];

    // The other parameters of PostgreSQL's programs, and those of other drivers and of hosting services.
    private static readonly HashSet<string> KnownToOthers =
    [
        "connection_limit", "fallback_application_name", "gssdelegation", "gsslib", "hostaddr", "keepalives_count", "max_protocol_version",
        "min_protocol_version", "pool_timeout", "replication", "requirepeer", "schema", "scram_client_key",
        "scram_server_key", "search_path", "service", "ssl", "ssl_max_protocol_version", "ssl_min_protocol_version", "sslcertmode",
        "sslcompression", "sslcrl", "sslcrldir", "sslkeylogfile", "sslmode", "sslsni", "statement_cache_mode", "statement_timeout",
        "tcp_user_timeout",
    ];
}
