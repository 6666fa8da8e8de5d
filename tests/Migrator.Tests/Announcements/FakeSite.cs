using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace GameImages.Migrator.Tests.Announcements;

/// <summary>A site on loopback that accepts one request on each connection.</summary>
internal sealed class FakeSite : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource end = new();
    private readonly Func<string, byte[]?> answer;
    private readonly X509Certificate2? certificate;
    private readonly Task serving;

    /// <param name="answer">Returns the response to a path; null to never respond.</param>
    public FakeSite(Func<string, byte[]?> answer, bool isHttps = false)
    {
        this.answer = answer;
        certificate = isHttps ? SelfSigned() : null;
        listener.Start();
        Address = $"{(isHttps ? "https" : "http")}://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";
        serving = ServeAsync();
    }

    public string Address { get; }

    /// <summary>The headers of the requests so far.</summary>
    public List<string> Requests { get; } = [];

    public static byte[] Answer(string status, ReadOnlyMemory<byte> body, params string[] headers) =>
        [
            .. Encoding.ASCII.GetBytes(
                $"HTTP/1.1 {status}\r\nContent-Length: {body.Length}\r\n{string.Concat(headers.Select(header => $"{header}\r\n"))}\r\n"),
            .. body.Span,
        ];

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        listener.Dispose();
        await serving;
        certificate?.Dispose();
        end.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var connection = await listener.AcceptTcpClientAsync(end.Token);
                await ServeAsync(connection.GetStream());
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private async Task ServeAsync(Stream connection)
    {
        try
        {
            await using var stream = certificate is null ? connection : new SslStream(connection);
            if (stream is SslStream tls)
                await tls.AuthenticateAsServerAsync(new() { ServerCertificate = certificate }, end.Token);

            using var reader = new StreamReader(stream, Encoding.ASCII);
            var head = "";
            while (await reader.ReadLineAsync(end.Token) is { Length: > 0 } line)
                head += $"{line}\n";

            // The client does not trust the certificate.
            if (head == "")
                return;

            Requests.Add(head);
            if (answer(head.Split(' ')[1]) is { } bytes)
                await stream.WriteAsync(bytes, end.Token);
            else
                await reader.ReadToEndAsync(end.Token);
        }
        catch (IOException)
        {
            // The client has closed the connection after its timeout.
        }
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = RSA.Create(2048);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
        {
            CertificateExtensions = { names.Build() },
        };
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }
}
