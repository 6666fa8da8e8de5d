using GameImages.Infrastructure;
using Microsoft.AspNetCore.RateLimiting;

namespace GameImages.WebApi.Images;

internal static class PublicRateLimits
{
    extension(IServiceCollection services)
    {
        /// <exception cref="InvalidSettingException">A setting of PublicImages:RateLimits is nonsense.</exception>
        public IServiceCollection AddPublicRateLimits(IConfiguration configuration)
        {
            var limits = RateLimit.Read(configuration);
            services.AddSingleton(provider => new ClientLimiter(limits, provider.GetRequiredService<TimeProvider>()));
            services.AddRateLimiter(limiter => limiter.OnRejected = PublicImageLimiter.RefuseAsync);
            services.AddOptions<RateLimiterOptions>().Configure<ClientLimiter>((limiter, clients) => limiter.GlobalLimiter = new PublicImageLimiter(clients));
            return services;
        }
    }
}
