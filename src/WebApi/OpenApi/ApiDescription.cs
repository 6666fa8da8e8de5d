namespace GameImages.WebApi.OpenApi;

internal static class ApiDescription
{
    extension(IServiceCollection services)
    {
        public IServiceCollection AddApiDescription()
        {
            services.AddOpenApi("v1");
            return services;
        }
    }

    public static void MapApiDescription(this WebApplication app)
    {
        app.MapOpenApi();
        app.UseSwaggerUI(ui =>
        {
            ui.RoutePrefix = "docs";
            ui.SwaggerEndpoint("/openapi/v1.json", "GameImages");
        });
    }
}
