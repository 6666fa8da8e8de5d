using System.Diagnostics;

namespace GameImages.Testing.Servers;

/// <summary>nginx as a reverse proxy that compresses responses, in front of the service.</summary>
public sealed class Nginx : ServerInFolder
{
    private const string Program = "/usr/sbin/nginx";

    private Nginx(Process process, string folder, Uri address)
        : base(process, folder) => Address = address;

    public Uri Address { get; }

    public static async Task<Nginx> StartAsync(Uri service)
    {
        if (!File.Exists(Program))
            Prerequisite.Missing("nginx is not installed. On Debian, run: apt-get install nginx-light");

        var folder = CreateFolder();
        var port = Ports.FindFree();
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
        while (!await Ports.IsListeningAsync(port, CancellationToken.None))
        {
            if (process.HasExited)
                throw new TestServerException($"nginx ended with exit code {process.ExitCode}.");
        }

        return nginx;
    }
}
