using System.Globalization;
using GameImages.Application;
using GameImages.Domain.Images;
using GameImages.WebApi.Games;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace GameImages.WebApi;

internal static class WebApiServices
{
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

            services.AddSingleton(Limits(configuration.GetSection("Images")));
            services.AddSingleton<GameBody>();
            services.AddOptions<KestrelServerOptions>().Configure<ImageLimits>((kestrel, limits) => kestrel.Limits.MaxRequestBodySize = GameBody.MaxRequestBytes(limits));
            services.Configure<SocketTransportOptions>(KestrelLimits.Set);
            services.AddExceptionHandler<ProblemExceptionHandler>();
            services.AddProblemDetails();
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

    private static ImageLimits Limits(IConfigurationSection images)
    {
        images.AllowOnly("MaxBytes", "MaxSide", "MaxFrames", "MaxPixels");
        var defaults = new ImageLimits();
        return new(
            Positive("MaxBytes", defaults.MaxBytes),
            Positive("MaxSide", defaults.MaxSide),
            Positive("MaxFrames", defaults.MaxFrames),
            Positive("MaxPixels", (int)defaults.MaxPixels));

        int Positive(string name, int fallback) =>
            images.Read(name, $"{fallback}", text => int.TryParse(text, NumberStyles.None, null, out var number) && number > 0 ? number : (int?)null, "a positive whole number");
    }
}
