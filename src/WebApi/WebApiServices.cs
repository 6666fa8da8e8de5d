using System.Globalization;
using GameImages.Application;
using GameImages.Domain.Images.Formats;
using GameImages.Infrastructure.Settings;
using GameImages.WebApi.Games;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace GameImages.WebApi;

internal static class WebApiServices
{
    // Two of them have to be one array, and one a value of PostgreSQL, which is shorter than 1 GiB.
    private const int LongestPicture = 512 * 1024 * 1024;

    extension(IServiceCollection services)
    {
        public IServiceCollection AddWebApi(IConfiguration configuration)
        {
            services.AddRouting(routing => routing.ConstraintMap["uuid"] = typeof(Uuid));

            // Both, because the OpenAPI document is made from the latter.
            services.AddControllers(ReadNoForms).AddJsonOptions(mvc => ApiJson.Configure(mvc.JsonSerializerOptions));
            services.ConfigureHttpJsonOptions(http => ApiJson.Configure(http.SerializerOptions));

            // Authority, issuers, audiences and keys come from Authentication:Schemes:Bearer.
            services.AddAuthentication().AddJwtBearer(bearer =>
            {
                bearer.MapInboundClaims = false;
                // Clocks may differ a little; the default of five minutes would keep expired tokens good for that long.
                bearer.TokenValidationParameters.ClockSkew = TimeSpan.FromSeconds(10);
                bearer.Events = new JwtBearerEvents { OnTokenValidated = Caller.RequireClaims };
            });
            services.AddAuthorization();
            services.AddHttpContextAccessor();
            services.AddSingleton<ICaller, Caller>();

            var (limits, uploads) = Read(configuration.GetSection("Images"));
            services.AddSingleton(limits);
            services.AddSingleton(uploads);
            services.AddSingleton<GameBody>();
            services
                .AddOptions<KestrelServerOptions>()
                .Configure(kestrel => kestrel.Limits.MaxRequestBodySize = GameBody.MaxRequestBytes(limits));
            services.Configure<SocketTransportOptions>(KestrelLimits.Set);
            return services;
        }
    }

    // MVC would read, and buffer, a whole form before the action starts; GameBody reads it as it comes.
    private static void ReadNoForms(MvcOptions mvc)
    {
        mvc.ValueProviderFactories.RemoveType<FormValueProviderFactory>();
        mvc.ValueProviderFactories.RemoveType<FormFileValueProviderFactory>();
        mvc.ValueProviderFactories.RemoveType<JQueryFormValueProviderFactory>();
    }

    private static (ImageLimits Limits, UploadSettings Uploads) Read(IConfigurationSection images)
    {
        images.AllowOnly("MaxBytes", "MaxSide", "MaxFrames", "MaxPixels", "UploadMegabytes", "UploadShare", "TrustedUploadShare");
        var (defaults, uploads) = (new ImageLimits(), new UploadSettings());
        var limits = new ImageLimits(
            Number("MaxBytes", defaults.MaxBytes, 1, LongestPicture, $"a whole number from 1 to {LongestPicture}"),
            Positive("MaxSide", defaults.MaxSide),
            Positive("MaxFrames", defaults.MaxFrames),
            Positive("MaxPixels", (int)defaults.MaxPixels));

        // The longest body has to fit in.
        var least = 1 + (GameBody.MaxMemory(limits) >> 20);
        uploads = uploads with
        {
            Mebibytes = Number("UploadMegabytes", uploads.Mebibytes, least, UploadSettings.MaxMebibytes,
                $"a whole number from {least}, for two pictures of Images:MaxBytes, to {UploadSettings.MaxMebibytes}"),
            UserPercent = Number("UploadShare", uploads.UserPercent, 1, 100, "a whole number of percent, from 1 to 100"),
        };
        uploads = uploads with
        {
            TrustedPercent = Number("TrustedUploadShare", Math.Max(uploads.TrustedPercent, uploads.UserPercent), uploads.UserPercent, 100,
                $"a whole number of percent, from Images:UploadShare ({uploads.UserPercent}) to 100"),
        };
        return (limits, uploads);

        int Positive(string name, int fallback) => Number(name, fallback, 1, int.MaxValue, "a positive whole number");

        int Number(string name, int fallback, long min, int max, string rule) =>
            images.Read(
                name,
                $"{fallback}",
                text =>
                    int.TryParse(text, NumberStyles.None, null, out var number) && number >= min && number <= max ? number : (int?)null,
                rule);
    }
}
