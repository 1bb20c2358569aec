using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Net;
using Engine.Server.PgWire;
using Engine.Server.Security;
using Engine.Server.Sessions;
using Microsoft.Extensions.Logging;

namespace Engine.Cli;

/// <summary>The options of <c>qe serve</c>, and what they ask for.</summary>
internal sealed class ServeOptions
{
    private static readonly Option<string?> Listen = CommandLine.Text("listen", "the address to listen on (default: 127.0.0.1)");
    private static readonly Option<string?> Config = CommandLine.Text("config", "a YAML file of these options, by their names without dashes");
    private static readonly Option<string?> PgPort = CommandLine.Text("pg-port", "the port of the PostgreSQL endpoint; 0 picks a free one (default: 5432)");
    private static readonly Option<string?> HttpPort = CommandLine.Text("http-port", "the port of the web page, /healthz, /readyz and /metrics, over HTTP and with --tls-cert over HTTPS; 0 picks a free one (default: 8080, or none if that is taken)");
    private static readonly Option<string?> Users = CommandLine.Text("users", "the file of users, see qe user add; without one everybody on this machine is let in, and nobody else");
    private static readonly Option<bool> AllowMd5 = CommandLine.Switch("allow-md5", "take md5 hashes as passwords in the users file, for clients that know nothing better: who reads one can log in with it");
    private static readonly Option<string?> TlsCertificate = CommandLine.Text("tls-cert", "the certificate for TLS, as PEM");
    private static readonly Option<string?> TlsKey = CommandLine.Text("tls-key", "its key, as PEM");
    private static readonly Option<bool> TlsSelfSigned = CommandLine.Switch("tls-self-signed", "make a certificate for development where --tls-cert and --tls-key have none yet");
    private static readonly Option<string?> RequireTls = CommandLine.Text("require-tls", "who has to use TLS: none, remote or all (default: none)");
    private static readonly Option<string?> MaxSessions = CommandLine.Text("max-sessions", "sessions at once (default: 1000)");
    private static readonly Option<string?> ReservedSessions = CommandLine.Text("reserved-sessions", "so many of them are kept for administrators (default: 3)");
    private static readonly Option<string?> MaxStatements = CommandLine.Text("max-statements", "statements that run at once, more wait (default: 64)");
    private static readonly Option<string?> QueueTimeout = CommandLine.Text("queue-timeout", "the longest wait of a statement for its turn (default: 60s)");
    private static readonly Option<string?> LoginTimeout = CommandLine.Text("login-timeout", "the time to log in (default: 60s)");
    private static readonly Option<string?> StatementTimeout = CommandLine.Text("statement-timeout", "the time of a statement, where a session does not set it (default: 0, no end)");
    private static readonly Option<string?> IdleTimeout = CommandLine.Text("idle-session-timeout", "the time that a session may wait for its client (default: 0, no end)");
    private static readonly Option<string?> IdleTransactionTimeout = CommandLine.Text("idle-in-transaction-session-timeout", "the time that a transaction may wait for its client (default: 0, no end)");
    private static readonly Option<string?> ShutdownGrace = CommandLine.Text("shutdown-grace", "the time of running statements when the server is to stop (default: 30s)");
    private static readonly Option<string?> OtlpEndpoint = CommandLine.Text("otlp-endpoint", "the collector that traces and metrics are sent to, such as http://localhost:4317 (default: none)");
    private static readonly Option<string?> LogLevelName = CommandLine.Text("log-level", "the least that is logged, to stderr: debug, information, warning, error or none (default: information)");
    private static readonly Option<string?> LogFormat = CommandLine.Text("log-format", "text or json (default: text)");

    public static readonly ImmutableArray<Option> All =
    [
        Config, Listen, PgPort, HttpPort, Users, AllowMd5, TlsCertificate, TlsKey, TlsSelfSigned, RequireTls, MaxSessions, ReservedSessions, MaxStatements, QueueTimeout,
        LoginTimeout, StatementTimeout, IdleTimeout, IdleTransactionTimeout, ShutdownGrace, OtlpEndpoint, LogLevelName, LogFormat,
    ];

    /// <summary>The settings of sessions that have an option of the server.</summary>
    private static readonly ImmutableArray<Option<string?>> Settings = [StatementTimeout, IdleTimeout, IdleTransactionTimeout];

    private readonly ParseResult _parsed;

    public ServeOptions(ParseResult parsed) => _parsed = parsed;

    public IPEndPoint PgEndpoint => Endpoint(_parsed.GetValue(PgPort) ?? "5432");

    public IPEndPoint HttpEndpoint => Endpoint(_parsed.GetValue(HttpPort) ?? "8080");

    /// <summary>Whether the HTTP port was chosen: then it has to be free.</summary>
    public bool HasHttpPort => _parsed.GetValue(HttpPort) is not null;

    /// <summary>The collector of traces and metrics; null for none.</summary>
    public Uri? Otlp => _parsed.GetValue(OtlpEndpoint) is not { } text ? null
        : Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? uri
        : throw new UsageException($"{OtlpEndpoint.Name} is an address such as http://localhost:4317, not \"{text}\"");

    /// <summary>What is written to stderr, and how.</summary>
    public ILoggerFactory CreateLogging()
    {
        var isJson = Word(LogFormat, "text", "json") == "json";
        var level = Word(LogLevelName, "information", "debug", "warning", "error", "none");
        return LoggerFactory.Create(logging =>
        {
            logging.SetMinimumLevel(Enum.Parse<LogLevel>(level, ignoreCase: true));
            logging.AddFilter("Microsoft", LogLevel.Warning);
            logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
            _ = isJson
                ? logging.AddJsonConsole(json => (json.TimestampFormat, json.UseUtcTimestamp) = ("O", true))
                : logging.AddSimpleConsole(text => (text.SingleLine, text.TimestampFormat, text.UseUtcTimestamp) = (true, "yyyy-MM-ddTHH:mm:ss.fffZ ", true));
        });
    }

    public EngineOptions ReadEngine(EngineOptions engine) => engine with
    {
        MaxStatements = Count(MaxStatements, least: 1) ?? engine.MaxStatements,
        QueueTimeout = Time(QueueTimeout) ?? engine.QueueTimeout,
    };

    /// <param name="logger">Of the server.</param>
    /// <param name="certificate">See <see cref="LoadCertificate"/>.</param>
    public PgServerOptions ReadServer(ILogger logger, CertificateFiles? certificate)
    {
        var usual = new PgServerOptions();
        var sessions = Count(MaxSessions, least: 1) ?? usual.MaxSessions;
        var options = new PgServerOptions
        {
            Users = _parsed.GetValue(Users) is { } path ? new UserDirectory(path, logger, _parsed.GetValue(AllowMd5)) : null,
            Certificate = certificate,
            TlsDemand = Enum.Parse<TlsDemand>(Word(RequireTls, "none", "remote", "all"), ignoreCase: true),
            MaxSessions = sessions,
            ReservedSessions = Count(ReservedSessions, least: 0) ?? Math.Min(usual.ReservedSessions, sessions / 2),
            LoginTimeout = Time(LoginTimeout) is { Ticks: > 0 } login ? login : usual.LoginTimeout,
            ShutdownGrace = Time(ShutdownGrace) ?? usual.ShutdownGrace,
            Settings = ReadSettings(),
            Logger = logger,
        };
        return options.TlsDemand != TlsDemand.None && certificate is null ? throw new UsageException("--require-tls needs --tls-cert and --tls-key")
            : options.ReservedSessions >= sessions ? throw new UsageException($"--reserved-sessions {options.ReservedSessions} leaves nobody else any of {sessions} sessions")
            : options;
    }

    /// <summary>The certificate for TLS; null for none. One for development is made where it is asked for.</summary>
    public CertificateFiles? LoadCertificate(ILogger logger)
    {
        var (certificate, key, isSelfSigned) = (_parsed.GetValue(TlsCertificate), _parsed.GetValue(TlsKey), _parsed.GetValue(TlsSelfSigned));
        if (certificate is null != key is null || (isSelfSigned && certificate is null))
        {
            throw new UsageException("--tls-cert and --tls-key go together");
        }

        if (certificate is null)
        {
            return null;
        }

        if (isSelfSigned && !File.Exists(certificate) && !File.Exists(key))
        {
            ServerCertificate.CreateSelfSigned(certificate, key!);
            Console.Error.WriteLine($"made a certificate for development: clients verify it with sslrootcert={certificate}");
        }

        return new CertificateFiles(certificate, key!, logger);
    }

    private IPEndPoint Endpoint(string port)
    {
        var address = _parsed.GetValue(Listen) ?? "127.0.0.1";
        return IPAddress.TryParse(address, out var ip) && ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new IPEndPoint(ip, number)
            : throw new UsageException($"{address}:{port} is no address to listen on");
    }

    private Dictionary<string, string> ReadSettings()
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var option in Settings)
        {
            if (Time(option) is { } time)
            {
                settings[option.Name.TrimStart('-').Replace('-', '_')] = time.TotalMilliseconds.ToString(CultureInfo.InvariantCulture);
            }
        }

        return settings;
    }

    private TimeSpan? Time(Option<string?> option) => _parsed.GetValue(option) is not { } text ? null
        : TimeSetting.Parse(text) ?? throw new UsageException($"{option.Name} takes a time with its unit, as in 500ms, 30s, 5min or 1h, not \"{text}\"");

    private int? Count(Option<string?> option, int least) => _parsed.GetValue(option) is not { } text ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count >= least ? count
        : throw new UsageException($"{option.Name} takes a number of at least {least}, not \"{text}\"");

    /// <summary>One of several words, the first where none is given.</summary>
    private string Word(Option<string?> option, params string[] words) => _parsed.GetValue(option) is not { } word ? words[0]
        : words.Contains(word, StringComparer.OrdinalIgnoreCase) ? word
        : throw new UsageException($"{option.Name} is one of {string.Join(", ", words)}, not \"{word}\"");
}
