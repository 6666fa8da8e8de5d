namespace GameImages.WebApi.Http;

/// <summary>
/// Compresses the response of an action if the client accepts that. It is for lists only, which contain no token. Somebody who watches the
/// encrypted connection, can put text beside a secret and can have the response repeated learns the secret from its lengths (BREACH).
/// </summary>
internal sealed class CompressedList
{
#pragma warning disable CA1822 // MiddlewareFilter calls this method of an instance.
    public void Configure(IApplicationBuilder action) => action.UseResponseCompression();
#pragma warning restore CA1822
}
