using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace GameImages.Testing.Servers;

/// <summary>nginx as a reverse proxy that compresses responses, in front of the service.</summary>
public sealed class Nginx : IDisposable
{
    private const string Program = "/usr/sbin/nginx";

    private readonly Process process;
    private readonly string folder;

    private Nginx(Process process, string folder, Uri address)
    {
        this.process = process;
        this.folder = folder;
        Address = address;
    }

    public Uri Address { get; }

    public static async Task<Nginx> StartAsync(Uri service)
    {
        if (!File.Exists(Program))
            Prerequisite.Missing("nginx is not installed. On Debian, run: apt-get install nginx-light");

        var folder = Directory.CreateTempSubdirectory("gameimages-tests.").FullName;
        var port = FreePort();
        await File.WriteAllTextAsync(Path.Combine(folder, "nginx.conf"),
            $$"""
            daemon off;
            master_process off;
            pid nginx.pid;
            events { }
            http {
                access_log off;
                client_body_temp_path body;
                proxy_temp_path proxy;
                fastcgi_temp_path fastcgi;
                uwsgi_temp_path uwsgi;
                scgi_temp_path scgi;
                client_max_body_size 20m;
                gzip on;
                gzip_min_length 1;
                gzip_proxied any;
                gzip_types application/json application/problem+json;
                server {
                    listen 127.0.0.1:{{port}};
                    location / {
                        proxy_pass {{service.GetLeftPart(UriPartial.Authority)}};
                        proxy_http_version 1.1;
                        proxy_set_header Host $host;
                    }
                }
            }
            """);

        var process = Process.Start(Program, ["-p", folder, "-c", "nginx.conf", "-e", "stderr"]);
        var nginx = new Nginx(process, folder, new($"http://127.0.0.1:{port}/"));
        while (!await IsListeningAsync(port))
        {
            if (process.HasExited)
                throw new TestServerException($"nginx ended with exit code {process.ExitCode}.");
        }

        return nginx;
    }

    public void Dispose()
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<bool> IsListeningAsync(int port)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
