using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.DataProtection;

namespace GameImages.WebApi.Sessions;

internal static class SessionServices
{
    public const string SessionScheme = "Session";
    public const string DiscordScheme = "Discord";

    /// <summary>The default scheme. It uses the session or the bearer token, depending on the credentials of the request.</summary>
    public const string CallerScheme = "Caller";

    extension(IServiceCollection services)
    {
        /// <summary>Adds the sign-in with Discord and the sessions of browsers.</summary>
        public IServiceCollection AddSessions(SignInSettings settings, IHostEnvironment environment)
        {
            var secure = environment.IsDevelopment() ? CookieSecurePolicy.SameAsRequest : CookieSecurePolicy.Always;
            var cookies = new SessionCookies(environment);
            services.AddSingleton(settings);
            services.AddSingleton(cookies);
            services.AddSingleton<DiscordApi>();
            services.AddSingleton<DiscordImages>();
            services.AddSingleton<Memberships>();
            services.AddSingleton<SessionRegistry>();
            services.AddSingleton<SessionEvents>();
            services.AddSingleton<SessionReader>();
            services.AddSingleton<SignInEvents>();
            StoreKeys(services.AddDataProtection(), settings.KeyFolder);

            var authentication = services
                .AddAuthentication(CallerScheme)
                .AddPolicyScheme(CallerScheme, null, caller =>
                    caller.ForwardDefaultSelector = context =>
                        cookies.Authenticate(context) ? SessionScheme : JwtBearerDefaults.AuthenticationScheme)
                .AddCookie(SessionScheme, cookie =>
                {
                    cookie.CookieManager = cookies;
                    cookie.Cookie.Name = SessionCookies.Name;
                    cookie.Cookie.Path = "/";
                    cookie.Cookie.HttpOnly = true;
                    cookie.Cookie.SameSite = SameSiteMode.Lax;
                    cookie.Cookie.SecurePolicy = secure;
                    cookie.ExpireTimeSpan = SessionRegistry.Lifetime;
                    cookie.SlidingExpiration = true;
                    cookie.EventsType = typeof(SessionEvents);
                });
            services
                .AddOptions<CookieAuthenticationOptions>(SessionScheme)
                .Configure<IDataProtectionProvider>((cookie, protection) =>
                    cookie.TicketDataFormat = new SecureDataFormat<AuthenticationTicket>(
                        new SessionSerializer(), protection.CreateProtector("GameImages.Session")));

            if (settings.ClientId is not null)
                authentication.AddOAuth(DiscordScheme, oauth => SignInEvents.Configure(oauth, settings, secure));

            services.AddAntiforgery(csrf =>
            {
                csrf.HeaderName = CsrfProtection.Header;
                csrf.SuppressReadingTokenFromFormBody = true;
                csrf.SuppressXFrameOptionsHeader = true;
                csrf.Cookie.Name = environment.IsDevelopment() ? "csrf" : "__Host-csrf";
                csrf.Cookie.Path = "/";
                csrf.Cookie.SameSite = SameSiteMode.Lax;
                csrf.Cookie.SecurePolicy = secure;
            });
            services.AddSingleton<IAntiforgeryAdditionalDataProvider, CsrfSession>();
            return services;
        }
    }

    // Without an application name, the keys would be valid only for programs in one folder.
    private static void StoreKeys(IDataProtectionBuilder protection, string? folder)
    {
        protection.SetApplicationName("GameImages");

        if (folder is null)
            protection.UseEphemeralDataProtectionProvider();
        else
            protection.PersistKeysToFileSystem(new(folder));
    }
}
