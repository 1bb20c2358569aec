using System.Collections.Immutable;
using System.Reflection;
using System.Security.Cryptography;
using Engine.Server.Security;
using Engine.Server.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Engine.Server.Web;

/// <summary>The web page for people: statements that run and ran, a box for SQL, and the catalog. All that it is made of comes from here.</summary>
/// <param name="engine">Runs the statements.</param>
/// <param name="users">Who may use it; null for everybody on the server's own machine.</param>
/// <param name="logger">Is told of wrong passwords.</param>
/// <param name="hasHttps">Whether its port answers HTTPS, see <see cref="HttpTls"/>.</param>
public sealed class ConsolePage(EmbeddedEngine engine, UserDirectory? users, ILogger logger, bool hasHttps = false)
{
    /// <summary>Nothing comes from elsewhere, nothing runs that is not a file of its own, and no other page may show it in a frame.</summary>
    private const string ContentPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static readonly ImmutableArray<(string Path, string File, string Type)> Assets =
    [
        ("/", "index.html", "text/html; charset=utf-8"),
        ("/console.css", "console.css", "text/css; charset=utf-8"),
        ("/console.js", "console.js", "text/javascript; charset=utf-8"),
        ("/grid.js", "grid.js", "text/javascript; charset=utf-8"),
    ];

    private readonly WebAccess _access = new(users, hasHttps, logger);

    public void Map(IEndpointRouteBuilder routes)
    {
        foreach (var (path, file, type) in Assets)
        {
            var bytes = Read(file);
            var tag = $"\"{Convert.ToHexString(SHA256.HashData(bytes))[..16]}\"";
            routes.MapGet(path, _access.Guard((context, _) => SendAsync(context, bytes, type, tag)));
        }

        new StatementApi(engine).Map(routes, _access);
        new SqlApi(engine).Map(routes, _access);
    }

    private static async Task SendAsync(HttpContext context, byte[] bytes, string type, string tag)
    {
        var headers = context.Response.Headers;
        headers.CacheControl = "no-cache";
        headers.ETag = tag;
        headers.ContentSecurityPolicy = ContentPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        if (context.Request.Headers.IfNoneMatch == tag)
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        context.Response.ContentType = type;
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted).ConfigureAwait(false);
    }

    private static byte[] Read(string file)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"Engine.Server.Web.Assets.{file}")!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
