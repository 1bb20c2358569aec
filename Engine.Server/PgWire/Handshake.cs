using System.Collections.Immutable;
using Engine.Core.Errors;
using Engine.Server.PgWire.Protocol;

namespace Engine.Server.PgWire;

/// <summary>What a client says first.</summary>
internal abstract record Greeting
{
    /// <summary>It wants a session, and says of it what it wants set.</summary>
    public sealed record Startup(ImmutableDictionary<string, string> Parameters, int Minor, ImmutableArray<string> UnknownOptions) : Greeting;

    /// <summary>It wants the statement of another session to end.</summary>
    public sealed record Cancel(int ProcessId, ReadOnlyMemory<byte> Secret) : Greeting;

    /// <summary>It wants TLS, by SSLRequest.</summary>
    public sealed record Tls : Greeting;

    /// <summary>It wants GSSAPI encryption.</summary>
    public sealed record Gss : Greeting;
}

/// <summary>Reads the packets before a session (PostgreSQL manual, "Message Formats": StartupMessage, SSLRequest, CancelRequest).</summary>
internal static class Handshake
{
    private const int MajorVersion = 3;
    private const int CancelCode = 80877102;
    private const int TlsCode = 80877103;
    private const int GssCode = 80877104;
    private const int MaxSecretLength = 256;

    /// <exception cref="QueryException">0A000 when it speaks another protocol, 08P01 when it is none of them.</exception>
    public static Greeting Read(ReadOnlySpan<byte> payload)
    {
        var reader = new PayloadReader(payload);
        var code = reader.Int32();
        switch (code)
        {
            case TlsCode:
                return new Greeting.Tls();
            case GssCode:
                return new Greeting.Gss();
            case CancelCode:
                return new Greeting.Cancel(reader.Int32(), reader.Bytes(Math.Min(payload.Length - 8, MaxSecretLength)).ToArray());
            default:
                var (major, minor) = (code >> 16, code & 0xFFFF);
                return major == MajorVersion
                    ? ReadStartup(ref reader, minor)
                    : throw new QueryException(ErrorCodes.FeatureNotSupported, $"unsupported frontend protocol {major}.{minor}: server supports 3.0 to 3.0");
        }
    }

    private static Greeting.Startup ReadStartup(ref PayloadReader reader, int minor)
    {
        var parameters = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        var unknown = ImmutableArray.CreateBuilder<string>();
        while (reader.Text() is { Length: > 0 } name)
        {
            var value = reader.Text();
            if (name.StartsWith("_pq_.", StringComparison.Ordinal))
            {
                unknown.Add(name);
            }
            else
            {
                parameters[name] = value;
            }
        }

        reader.End();
        return new Greeting.Startup(parameters.ToImmutable(), minor, unknown.ToImmutable());
    }
}
