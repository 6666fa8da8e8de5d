using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace GameImages.WebApi.OpenApi;

/// <summary>
/// The OpenAPI document, and a page to read it and to try the API. The framework describes the controllers. The classes beside this one
/// add the other endpoints.
/// </summary>
internal static class ApiDescription
{
    private const string FormScriptPath = "/docs/form.js";

    // The page has the same origin as the session cookies, so it may run only its own scripts and connect only to this service. The hash
    // belongs to the one style element that Swagger UI creates. Swagger UI shows an image as a blob.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'sha256-RL3ie0nH+Lzz2YNqQN83mnU0J1ot4QL7b99vMdIX99w='; "
        + "img-src 'self' blob: data:; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    // The page sends an empty text for an image that was not chosen, and an example for the id of an image. The service would read them as
    // values. Swagger UI has interceptors for such changes, but it compiles them from text, which the policy forbids.
    private const string FormScript = """
        const send = window.fetch;
        const examples = ['', '3f2b9c1e-8d47-4a6b-9f10-5c2d7e8a9b01', '3fa85f64-5717-4562-b3fc-2c963f66afa6'];
        window.fetch = (address, request) => {
            for (const slot of request?.body instanceof FormData ? ['thumbnail', 'banner', 'thumbnail_id', 'banner_image_id'] : [])
                if (examples.includes(request.body.get(slot))) request.body.delete(slot);
            return send(address, request);
        };
        """;

    extension(IServiceCollection services)
    {
        public IServiceCollection AddApiDescription()
        {
            services.AddOpenApi("v1", openApi =>
            {
                // The operations of the other endpoints are written by hand.
                openApi.ShouldInclude = description => description.ActionDescriptor is ControllerActionDescriptor;
                openApi.CreateSchemaReferenceId = type => Schemas.Name(type.Type);
                openApi.AddSchemaTransformer(Schemas.DescribeAsync);
                openApi.AddOperationTransformer(MemberOperations.DescribeAsync);
                openApi.AddDocumentTransformer(DescribeAsync);
            });
            return services;
        }
    }

    public static void MapApiDescription(this WebApplication app)
    {
        app.MapOpenApi();
        app.MapGet(FormScriptPath, () => Results.Text(FormScript, "text/javascript")).ExcludeFromDescription();
        app.Use((context, next) =>
        {
            if (context.Request.Path.StartsWithSegments("/docs"))
                context.Response.Headers.ContentSecurityPolicy = Policy;

            return next(context);
        });
        app.UseSwaggerUI(ui =>
        {
            ui.RoutePrefix = "docs";
            ui.DocumentTitle = "GameImages";
            ui.SwaggerEndpoint("/openapi/v1.json", "GameImages");
            ui.InjectJavascript(FormScriptPath);
        });
    }

    private static Task DescribeAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken ct)
    {
        document.Info = new()
        {
            Title = "GameImages",
            Version = "v1",
            Description =
                "Stores the games of Discord guilds for their members, and serves the thumbnails and banners of the games to everybody. "
                + "Every path answers a method that it does not have with 405 and Allow. Every other path is 404. Both have a problem as "
                + "their body. A request whose headers do not arrive within 10 seconds is 408, wherever it was meant to go. If the "
                + "operators redirect to HTTPS, a request over plain HTTP is 307.",
            Contact = new() { Name = "The operators of this service" },
        };

        // The address from which the client fetched the document. Behind a proxy, the service does not know this address.
        document.Servers = [new() { Url = "/" }];
        document.AddComponent(JwtBearerDefaults.AuthenticationScheme, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            BearerFormat = "JWT",
            Description =
                "A token with the claims sub (the Discord id of the caller) and guild_ids (the ids of the caller's guilds). "
                + "All ids are strings.",
        });

        // The framework finds the controllers in the order of their source files, which differs between machines.
        var paths = document.Paths.OrderBy(path => path.Key.EndsWith("/thumbnail", StringComparison.Ordinal)
            || path.Key.EndsWith("/banner", StringComparison.Ordinal)).ToList();
        document.Paths = [];
        foreach (var (path, item) in paths)
            document.Paths.Add(path, item);

        ImageOperations.AddTo(document);
        SessionOperations.AddTo(document);
        HealthOperations.AddTo(document);
        HeadOperations.AddTo(document);
        ApiHeaders.AddTo(document);
        Examples.AddTo(document);
        Problems.AddTo(document);
        RejectedRequests.AddTo(document);
        document.Tags = new HashSet<OpenApiTag>
        {
            new() { Name = "Games", Description = "The games of the caller's guilds." },
            new() { Name = "Images", Description = "The uploads of the caller, and the images and quotas of the caller's guilds." },
            new() { Name = "public", Description = "The images of games, for everybody who knows the id of an image." },
            new() { Name = "Sessions", Description = "The session of a browser, for pages of this origin." },
            new() { Name = "Health", Description = "The health checks of the service." },
        };
        return Task.CompletedTask;
    }
}
