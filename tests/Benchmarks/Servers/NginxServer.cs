using GameImages.Testing.Servers;

namespace GameImages.Benchmarks.Servers;

/// <summary>nginx with one worker, which sends the same bytes from files.</summary>
internal static class NginxServer
{
    // nginx sets these headers itself.
    private static readonly string[] OwnHeaders = ["Content-Type", "Content-Length", "ETag", "Last-Modified", "Accept-Ranges"];

    /// <param name="files">The folder with the files.</param>
    /// <param name="example">A response of the service. nginx adds its headers.</param>
    public static async Task<(ServerProcess Process, Uri Address)> StartAsync(
        string folder, string files, RecordedResponse example, CancellationToken ct)
    {
        var port = Ports.FindFree();
        var headers = example.Headers
            .Where(header => !OwnHeaders.Contains(header.Key))
            .Select(header => $"add_header {header.Key} \"{header.Value}\" always;");
        await File.WriteAllTextAsync(
            Path.Combine(folder, "nginx.conf"),
            $$"""
            daemon off;
            {{(Environment.IsPrivilegedProcess ? "user root;" : "")}}
            worker_processes 1;
            pid nginx.pid;
            error_log stderr;
            events { worker_connections 4096; }
            http {
                access_log off;
                sendfile on;
                tcp_nopush on;
                keepalive_timeout 75s;
                keepalive_requests 1000000000;
                default_type image/png;
                client_body_temp_path nginx-body;
                proxy_temp_path nginx-proxy;
                fastcgi_temp_path nginx-fastcgi;
                uwsgi_temp_path nginx-uwsgi;
                scgi_temp_path nginx-scgi;
                {{string.Join('\n', headers)}}
                server {
                    listen 127.0.0.1:{{port}};
                    root {{files}};
                }
            }
            """,
            ct);

        var process = new ServerProcess("nginx", ["-p", folder, "-c", "nginx.conf", "-e", "stderr"], folder, []);
        try
        {
            await WaitAsync(port, process, ct);
            return (process, new($"http://127.0.0.1:{port}"));
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    private static async Task WaitAsync(int port, ServerProcess process, CancellationToken ct)
    {
        for (var attempt = 0; attempt < 100; attempt++)
        {
            if (await Ports.IsListeningAsync(port, ct))
                return;

            await Task.Delay(50, ct);
        }

        throw new BrokenRunException($"nginx did not start to listen:\n{process.Log}");
    }
}
