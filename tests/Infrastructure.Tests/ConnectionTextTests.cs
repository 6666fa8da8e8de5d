using GameImages.Infrastructure.Database;
using GameImages.Infrastructure.Schema;
using GameImages.Infrastructure.Settings;
using GameImages.Testing;
using Npgsql;

namespace GameImages.Infrastructure.Tests;

public sealed class ConnectionTextTests
{
    private const string Setting = "ConnectionStrings:GameImages";

    [TestCase("postgres://u:p@h:5433/d", "Host=h;Port=5433;Database=d;Username=u;Password=p")]
    [TestCase("PostgreSQL://h", "Host=h")]
    [TestCase("  postgresql://u@h/  ", "Host=h;Username=u")]
    [TestCase("postgresql://u%40x:p%3a%2F%3f%20%C3%A9%25@h/d%2d1", "Host=h;Database=d-1;Username=u@x;Password=p:/? é%")]
    [TestCase("postgresql://u:p+p@h/d", "Host=h;Database=d;Username=u;Password=p+p")]
    [TestCase("postgresql://u:a;b='c\"@h/d", "Host=h;Database=d;Username=u;Password=\"a;b='c\"\"\"")]
    [TestCase("postgresql://[::1]:5433/d", "Host=::1;Port=5433;Database=d")]
    [TestCase("postgresql://[fe80::1]/d", "Host=fe80::1;Database=d")]
    [TestCase("postgresql://a:5433,b,[::1]:5434/d?target_session_attrs=read-write",
        "Host=\"a:5433,b,[::1]:5434\";Database=d;Target Session Attributes=read-write")]
    [TestCase("postgresql://u@%2Fvar%2Frun%2Fpostgresql/d", "Host=/var/run/postgresql;Database=d;Username=u")]
    [TestCase("postgresql:///d?host=/tmp&port=5433&user=u", "Host=/tmp;Port=5433;Database=d;Username=u")]
    [TestCase("postgresql://h/d?dbname=e&application_name=x%20y&connect_timeout=7", "Host=h;Database=e;Application Name=x y;Timeout=7")]
    [TestCase("postgresql://h/d?sslmode=require&channel_binding=require", "Host=h;Database=d;SSL Mode=Require;Channel Binding=Require")]
    [TestCase("postgresql://h/d?sslmode=verify-full&sslrootcert=/ca.pem",
        "Host=h;Database=d;SSL Mode=VerifyFull;Root Certificate=/ca.pem")]
    [TestCase("postgresql://h/d?sslmode=verify-ca&sslcert=/c&sslkey=/k",
        "Host=h;Database=d;SSL Mode=VerifyCA;SSL Certificate=/c;SSL Key=/k")]
    [TestCase("postgresql://h/d?sslrootcert=system&sslmode=require&sslnegotiation=direct",
        "Host=h;Database=d;SSL Mode=VerifyFull;SSL Negotiation=Direct")]
    [TestCase("postgresql://h/d?ssl=true", "Host=h;Database=d;SSL Mode=Require")]
    [TestCase("postgresql://h/d?pgbouncer=true", "Host=h;Database=d;Max Auto Prepare=0")]
    [TestCase("postgresql://h/d?options=-c%20lock_timeout%3D1s", "Host=h;Database=d;Options=\"-c lock_timeout=1s\"")]
    [TestCase("postgresql://h?keepalives=1&keepalives_idle=30&keepalives_interval=5",
        "Host=h;Tcp Keepalive=True;Tcp Keepalive Time=30;Tcp Keepalive Interval=5")]
    [TestCase("postgresql://a,b?load_balance_hosts=random", "Host=\"a,b\";Load Balance Hosts=True")]
    [TestCase("Host=h;Password='a;b'", "Host=h;Password='a;b'")]
    public void Keywords_and_URLs_have_the_same_meaning(string text, string expected)
    {
        var read = ConnectionText.Read(Setting, text);
        Assert.That(read.EquivalentTo(new NpgsqlConnectionStringBuilder(expected)), read.ConnectionString);
    }

    [TestCase("secret", "is not a connection string")]
    [TestCase("Host=h;Password=a;secret=1", "a keyword that Npgsql does not know")]
    [TestCase("Host=h;Port=secret", "the value of Port is invalid")]
    [TestCase("Host=h;SSL Mode=secret", "the value of SSL Mode is invalid")]
    [TestCase("Username=secret", "has no Host")]
    [TestCase("postgresql://u:secret@/d", "has no Host")]
    [TestCase("postgresql://u:a@secret@h/d", "%40 for @")]
    [TestCase("postgresql://u:a/secret@h/d", "%40 for @")]
    [TestCase("postgresql://u:a?secret=b@h/d", "%40 for @")]
    [TestCase("postgresql://u:a#secret@h/d", "%40 for @")]
    [TestCase("postgresql://u:a%secret@h/d", "%40 for @")]
    [TestCase("postgresql://u:secret:a@h/d", "%40 for @")]
    [TestCase("postgresql://u:secret@h:5432x/d", "%40 for @")]
    [TestCase("postgresql://u:secret@[::1/d", "%40 for @")]
    [TestCase("postgresql://u:secret@h:99999999999/d", "the value of Port is invalid")]
    [TestCase("postgresql://u:secret@h/d?statement_cache_mode=describe", "The parameter statement_cache_mode is not supported")]
    [TestCase("postgresql://u:p@h/d?sslcrl=secret", "The parameter sslcrl is not supported")]
    [TestCase("postgresql://u:p@h/d?secret=1", "a parameter that is not supported")]
    [TestCase("postgresql://u:p@h/d?sslmode=secret", "the value of SSL Mode is invalid")]
    [TestCase("postgresql://u:p@h/d?secret", "%40 for @")]
    public void An_unreadable_connection_string_is_explained_without_its_values(string text, string reason) => Assert.That(
        () => ConnectionText.Read(Setting, text),
        Throws.TypeOf<InvalidSettingException>().With.Message.StartsWith(Setting)
            .And.Message.Contains(reason).IgnoreCase
            .And.Message.Not.Contains("secret"));

    [Test]
    public async Task A_url_leads_to_the_database()
    {
        await using var database = await TestDatabase.CreateAsync();
        var url = $"{database.ConnectionUri(Roles.App)}?sslmode=disable&application_name=by%20url&options=-c%20lock_timeout%3D1234";
        await using var connection = new NpgsqlConnection(ConnectionText.Read(Setting, url).ConnectionString);
        await connection.OpenAsync();

        var (name, timeout) = await connection.QuerySingleAsync<(string, string)>(new(
            "SELECT current_setting('application_name'), current_setting('lock_timeout')"));
        Assert.That(name, Is.EqualTo("by url"));
        Assert.That(timeout, Is.EqualTo("1234ms"));
    }
}
