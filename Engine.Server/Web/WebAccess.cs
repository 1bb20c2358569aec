using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Engine.Server.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Engine.Server.Web;

/// <summary>
/// Finds out who asks: with the users and passwords of the PostgreSQL endpoint, by HTTP's basic authentication (RFC 7617). Passwords come in the clear, so
/// that only the machine itself and HTTPS are answered; without users only the machine itself.
/// </summary>
internal sealed class WebAccess(UserDirectory? users, bool hasHttps, ILogger logger)
{
    /// <summary>Who asks where no users are configured.</summary>
    private const string AnonymousName = "web";

    private const int MaxKnown = 1000;

    private static readonly TimeSpan FailureDelay = TimeSpan.FromMilliseconds(300);

    /// <summary>What has been proved: it takes thousands of hashes. By a digest of the header, the verifier that it fitted.</summary>
    private readonly ConcurrentDictionary<string, string> _proved = new(StringComparer.Ordinal);
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(SHA256.HashSizeInBytes);

    /// <summary>Answers a request for who is let in; everybody else is told why not.</summary>
    public RequestDelegate Guard(Func<HttpContext, Account, Task> answer) => async context =>
    {
        context.Response.Headers.CacheControl = "no-store";
        if (IsPageInTheClear(context))
        {
            // Not for good: the certificate may be taken away again.
            context.Response.Redirect($"https://{context.Request.Host.ToUriComponent()}/", permanent: false, preserveMethod: true);
        }
        else if (RefusalOfPlace(context) is { } refusal)
        {
            await RefuseAsync(context, StatusCodes.Status403Forbidden, refusal).ConfigureAwait(false);
        }
        else if (IsForged(context))
        {
            await RefuseAsync(context, StatusCodes.Status403Forbidden, "The request does not come from the console.").ConfigureAwait(false);
        }
        else if (await FindAsync(context).ConfigureAwait(false) is { } account)
        {
            await answer(context, account).ConfigureAwait(false);
        }
        else
        {
            context.Response.Headers.WWWAuthenticate = "Basic realm=\"QueryEngine\", charset=\"UTF-8\"";
            await RefuseAsync(context, StatusCodes.Status401Unauthorized, "Name and password, please: those of the PostgreSQL endpoint.").ConfigureAwait(false);
        }
    };

    private static Task RefuseAsync(HttpContext context, int status, string message)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(message + "\n");
    }

    /// <summary>Why where a request comes from, and how, does not do; null when it does.</summary>
    private string? RefusalOfPlace(HttpContext context) => IsFromHere(context) || (users is not null && context.Request.IsHttps) ? null
        : users is null ? "The console is for the server's own machine where no users are configured: come by way of an SSH tunnel, or start the server with --users."
        : hasHttps ? "From other machines the console is answered over HTTPS only: ask for https:// on this port."
        : "The console is for the server's own machine: from elsewhere come by way of an SSH tunnel, a proxy there that speaks HTTPS, or start the server with --tls-cert and --tls-key.";

    /// <summary>Whether somebody elsewhere has typed the page's address without https, which is here too.</summary>
    private bool IsPageInTheClear(HttpContext context) => hasHttps && users is not null && !context.Request.IsHttps && !IsFromHere(context)
        && HttpMethods.IsGet(context.Request.Method) && context.Request.Path == "/" && context.Request.Host.HasValue;

    private static bool IsFromHere(HttpContext context) => context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address);

    /// <summary>
    /// Whether another site's page sent it: browsers add the password to whatever goes to the server. Nothing is changed but by JSON, which such a page
    /// cannot send, and without users the server has to be called by a name that no page can take over, and by no proxy.
    /// </summary>
    private bool IsForged(HttpContext context)
    {
        var request = context.Request;
        var isCrossSite = request.Headers["Sec-Fetch-Site"] is [{ } site] && site is not ("same-origin" or "none");
        var isForm = !HttpMethods.IsGet(request.Method) && request.ContentType?.StartsWith("application/json", StringComparison.Ordinal) != true;
        var isRebound = users is null && (request.Host.Host is not ("localhost" or "127.0.0.1" or "[::1]") || request.Headers.ContainsKey("X-Forwarded-For") || request.Headers.ContainsKey("Forwarded"));
        return isCrossSite || isForm || isRebound;
    }

    private async Task<Account?> FindAsync(HttpContext context)
    {
        if (users is null)
        {
            return Account.Unrestricted(AnonymousName);
        }

        if (context.Request.Headers.Authorization is not [{ } header] || Read(header) is not var (name, password))
        {
            return null;
        }

        // Trust in this machine does not count: behind a proxy everybody comes from here.
        if (Prove(users, header, name, password) is { } account)
        {
            return account;
        }

        Log.LoginFailed(logger, name, context.Connection.RemoteIpAddress is { } address ? new IPEndPoint(address, context.Connection.RemotePort) : null, "name or password of a request for the console are wrong");
        await Task.Delay(FailureDelay, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return null;
    }

    private Account? Prove(UserDirectory directory, string header, string name, string password)
    {
        var digest = Convert.ToHexString(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(header)));
        if (directory.Find(name) is { Verifier: { } verifier } known && _proved.GetValueOrDefault(digest) == verifier.ToText())
        {
            return known;
        }

        var account = directory.Authenticate(name, password);
        if (account is { Verifier: { } fitting })
        {
            if (_proved.Count >= MaxKnown)
            {
                _proved.Clear();
            }

            _proved[digest] = fitting.ToText();
        }

        return account;
    }

    private static (string Name, string Password)? Read(string header)
    {
        const string scheme = "Basic ";
        var bytes = new byte[header.Length];
        return header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) && Convert.TryFromBase64String(header[scheme.Length..].Trim(), bytes, out var count)
            && Encoding.UTF8.GetString(bytes, 0, count).Split(':', 2) is [var name, var password]
                ? (name, password)
                : null;
    }
}
