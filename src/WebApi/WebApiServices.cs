using GameImages.Application;
using GameImages.WebApi.Authentication;
using GameImages.WebApi.Http;
using GameImages.WebApi.Images;
using GameImages.WebApi.Uploads;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace GameImages.WebApi;

internal static class WebApiServices
{
    extension(IServiceCollection services)
    {
        /// <summary>Adds the controllers, bearer tokens and uploads.</summary>
        public IServiceCollection AddWebApi(IConfiguration configuration)
        {
            services.AddRouting(routing => routing.ConstraintMap["uuid"] = typeof(UuidRouteConstraint));

            // The controllers use the first options, and the OpenAPI document uses the second.
            services.AddControllers(DisableFormReading).AddJsonOptions(mvc => ApiJson.Configure(mvc.JsonSerializerOptions));
            services.ConfigureHttpJsonOptions(http => ApiJson.Configure(http.SerializerOptions));

            // The authority, issuers, audiences and keys come from the settings below Authentication:Schemes:Bearer.
            services.AddAuthentication().AddJwtBearer(bearer =>
            {
                bearer.MapInboundClaims = false;
                // Clocks differ a little. The default of five minutes would accept expired tokens for that long.
                bearer.TokenValidationParameters.ClockSkew = TimeSpan.FromSeconds(10);
                bearer.Events = new JwtBearerEvents { OnTokenValidated = Caller.RequireClaims };
            });
            services.AddAuthorization();
            services.AddResponseCompression(compression =>
            {
                compression.EnableForHttps = true;
                compression.MimeTypes = ["application/json"];
            });
            services.AddHttpContextAccessor();
            services.AddSingleton<ICaller, Caller>();

            var images = ImageSettings.Read(configuration);
            services.AddSingleton(images.Limits);
            services.AddSingleton(images.Uploads);
            services.AddSingleton<GameBody>();
            services.AddSingleton(QuotaSettings.Read(configuration));
            services.AddHostedService<ExpiredUploads>();
            services.Configure<KestrelServerOptions>(
                kestrel => kestrel.Limits.MaxRequestBodySize = GameBody.MaxRequestBytes(images.Limits));
            return services;
        }
    }

    // MVC would read a whole form into a buffer before the action starts. GameBody reads a form while it arrives.
    private static void DisableFormReading(MvcOptions mvc)
    {
        mvc.ValueProviderFactories.RemoveType<FormValueProviderFactory>();
        mvc.ValueProviderFactories.RemoveType<FormFileValueProviderFactory>();
        mvc.ValueProviderFactories.RemoveType<JQueryFormValueProviderFactory>();
    }
}
