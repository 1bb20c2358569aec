using System.Net;
using Engine.Server.Sessions;
using Microsoft.Extensions.Logging;

namespace Engine.Server;

/// <summary>All that the server writes to its log. Numbers: 1000 server and users, 2000 connections, 3000 statements. No passwords, no values of parameters.</summary>
internal static partial class Log
{
    [LoggerMessage(1001, LogLevel.Information, "users file {Path} was read: {Count} users")]
    public static partial void UsersRead(ILogger logger, string path, int count);

    [LoggerMessage(1002, LogLevel.Error, "users file is not used, the users stay as they were: {Reason}")]
    public static partial void UsersUnreadable(ILogger logger, string reason);

    [LoggerMessage(1003, LogLevel.Information, "shutting down: {Count} sessions, those that run a statement have {Grace} to end it")]
    public static partial void ShuttingDown(ILogger logger, int count, TimeSpan grace);

    [LoggerMessage(1004, LogLevel.Warning, "cannot accept a connection: {Reason}")]
    public static partial void AcceptFailed(ILogger logger, string reason);

    [LoggerMessage(1005, LogLevel.Information, "certificate {Path} was read again")]
    public static partial void CertificateRead(ILogger logger, string path);

    [LoggerMessage(1006, LogLevel.Error, "certificate is not renewed: {Reason}")]
    public static partial void CertificateUseless(ILogger logger, string reason);

    [LoggerMessage(2001, LogLevel.Debug, "session {ProcessId} of {User} begins: {Client}, application \"{Application}\", {Tls}")]
    public static partial void SessionBegan(ILogger logger, int processId, string user, EndPoint? client, string application, string tls);

    [LoggerMessage(2002, LogLevel.Debug, "session {ProcessId} of {User} ends after {Elapsed}")]
    public static partial void SessionEnded(ILogger logger, int processId, string user, TimeSpan elapsed);

    [LoggerMessage(2003, LogLevel.Warning, "connection from {Client} is refused: {SqlState} {Reason}")]
    public static partial void ConnectionRefused(ILogger logger, EndPoint? client, string sqlState, string reason);

    [LoggerMessage(2004, LogLevel.Error, "internal error in the connection from {Client}")]
    public static partial void ConnectionFailed(ILogger logger, Exception error, EndPoint? client);

    [LoggerMessage(2005, LogLevel.Warning, "login of {User} from {Client} failed: {Reason}")]
    public static partial void LoginFailed(ILogger logger, string user, EndPoint? client, string reason);

    [LoggerMessage(EventId = 3001, Message = "query {QueryId} of {User} {State} after {Elapsed}: {OutputRows} rows, {InputBytes} bytes read, {PeakMemoryBytes} bytes of memory, {SqlState}")]
    public static partial void StatementEnded(
        ILogger logger, LogLevel level, string queryId, string user, StatementState state, TimeSpan elapsed, long outputRows, long inputBytes, long peakMemoryBytes, string sqlState);
}
