using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace GameImages.Testing;

/// <summary>
/// Forwards the connections of a program to PostgreSQL, and closes one after a chosen byte of the server's answer. It never cuts a
/// connection that listens for notifications, because the traffic of that connection is independent of the test.
/// </summary>
public sealed class CuttingProxy : IDisposable
{
    // PostgreSQL's frontend/backend protocol, "Message Formats".
    private const char DataRow = 'D';
    private const char ReadyForQuery = 'Z';

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly IPEndPoint server;
    // Protects the fields below. The tasks of several connections and the test use them at once: without the lock, a cut could be made
    // twice or not be counted. It is held for one buffer of an answer, without input or output. Others wait.
    private readonly Lock turn = new();
    private readonly HashSet<Link> links = [];
    private readonly MemoryStream answer = new();
    private readonly Queue<int> cuts = [];
    private long passed;

    private CuttingProxy(IPEndPoint server) => this.server = server;

    /// <param name="connectionString">The connection string of the server behind the proxy.</param>
    public static CuttingProxy Start(string connectionString)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString);
        var proxy = new CuttingProxy(new(IPAddress.Parse(builder.Host!), builder.Port));
        proxy.listener.Start();
        _ = proxy.AcceptAsync();
        return proxy;
    }

    /// <returns>The connection string of the same database and role through the proxy.</returns>
    public string Through(string connectionString) => new NpgsqlConnectionStringBuilder(connectionString)
    {
        Port = ((IPEndPoint)listener.LocalEndpoint).Port,
    }.ConnectionString;

    /// <summary>Begins to record the answers of the server, and closes a connection after each chosen number of bytes.</summary>
    /// <param name="after">The bytes that pass before each cut, counted from the previous one. Without numbers, nothing is cut.</param>
    public void Begin(params ReadOnlySpan<int> after)
    {
        lock (turn)
        {
            cuts.Clear();
            foreach (var bytes in after)
                cuts.Enqueue(bytes);

            answer.SetLength(0);
            passed = 0;
        }
    }

    /// <returns>The forwarded answers of the server since <see cref="Begin"/>, and the number of cuts that were not made.</returns>
    public (byte[] Answer, int CutsLeft) End()
    {
        lock (turn)
        {
            var left = cuts.Count;
            cuts.Clear();
            return (answer.ToArray(), left);
        }
    }

    /// <summary>Closes every connection, as a restart of the server does.</summary>
    public void CloseAll()
    {
        lock (turn)
        {
            foreach (var link in links)
                link.Close();
        }
    }

    /// <returns>
    /// The positions of an answer at which a cut can matter. These are all bytes of message headers, and some random bytes of each other
    /// part. A part is a column of a row with its length, or the rest of any other message.
    /// </returns>
    /// <param name="ofPart">The number of random bytes of each part. A part that is no longer is cut at every byte.</param>
    /// <param name="most">The largest number of positions, picked at random from all of these.</param>
    public static List<int> Positions(byte[] answer, int ofPart, int most = int.MaxValue)
    {
        var positions = new SortedSet<int>();
        var random = new Random(1);

        foreach (var (type, start, end) in Messages(answer))
        {
            var header = type == DataRow ? 7 : 5;
            positions.UnionWith(Enumerable.Range(start, header));

            for (var from = start + header; from < end;)
            {
                var length = type == DataRow ? 4 + Math.Max(0, BinaryPrimitives.ReadInt32BigEndian(answer.AsSpan(from))) : end - from;
                positions.UnionWith(length <= ofPart
                    ? Enumerable.Range(from, length)
                    : [.. Enumerable.Range(0, ofPart).Select(_ => from + random.Next(length))]);
                from += length;
            }
        }

        return positions.Count <= most ? [.. positions] : [.. random.GetItems([.. positions], most).Distinct()];
    }

    /// <returns>The position in all answers at which the answer of the last round trip begins.</returns>
    public static int LastRoundTrip(byte[] answer) => Messages(answer)
        .Where(message => message.Type == ReadyForQuery)
        .Select(message => message.End)
        .SkipLast(1)
        .LastOrDefault();

    public void Dispose()
    {
        listener.Dispose();
        CloseAll();
    }

    // A message begins with its type in one byte. Then comes the length of the rest, which includes the length itself.
    private static IEnumerable<(char Type, int Start, int End)> Messages(byte[] answer)
    {
        for (var start = 0; start < answer.Length;)
        {
            var end = start + 1 + BinaryPrimitives.ReadInt32BigEndian(answer.AsSpan(start + 1));
            yield return ((char)answer[start], start, end);
            start = end;
        }
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            Socket client;
            try
            {
                client = await listener.AcceptSocketAsync();
            }
            catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException)
            {
                return;
            }

            _ = RunAsync(client);
        }
    }

    private async Task RunAsync(Socket client)
    {
        using var link = new Link(client);
        lock (turn)
            links.Add(link);

        try
        {
            await link.Server.ConnectAsync(server);
            await Task.WhenAny(ForwardRequestsAsync(link), ForwardAnswersAsync(link));
        }
        catch (SocketException)
        {
            // One of the sockets was closed.
        }
        finally
        {
            lock (turn)
                links.Remove(link);
        }
    }

    private static async Task ForwardRequestsAsync(Link link)
    {
        var buffer = new byte[64 * 1024];
        while (await link.Client.ReceiveAsync(buffer) is var read and > 0)
        {
            link.IsListener |= buffer.AsSpan(0, read).IndexOf("LISTEN"u8) >= 0;
            await link.Server.SendAsync(buffer.AsMemory(0, read));
        }
    }

    private async Task ForwardAnswersAsync(Link link)
    {
        var buffer = new byte[64 * 1024];
        while (await link.Server.ReceiveAsync(buffer) is var read and > 0)
        {
            var isCut = false;
            lock (turn)
            {
                if (!link.IsListener)
                {
                    if (cuts.TryPeek(out var after) && passed + read > after)
                    {
                        isCut = true;
                        read = after - (int)passed;
                        passed = 0;
                        cuts.Dequeue();
                    }
                    else
                    {
                        passed += read;
                    }

                    answer.Write(buffer, 0, read);
                }
            }

            // One call sends everything, because the socket blocks.
            if (read > 0)
                await link.Client.SendAsync(buffer.AsMemory(0, read));
            if (isCut)
            {
                link.Close();
                return;
            }
        }
    }

    private sealed class Link(Socket client) : IDisposable
    {
        public Socket Client { get; } = client;

        public Socket Server { get; } = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

        public bool IsListener { get; set; }

        public void Close()
        {
            Client.Dispose();
            Server.Dispose();
        }

        public void Dispose() => Close();
    }
}
