using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Engine.Core.Columns.Builders;
using Engine.Core.Functions;
using Engine.Core.Types;
using Engine.Exec.Kernels;

namespace Engine.Exec.Functions.Catalog;

/// <summary>What PostgreSQL's clients ask of the server and of what they may do in it.</summary>
internal static class ServerFunctions
{
    private const int Utf8 = 6;

    private static readonly DataType Oid = OidType.ByName["oid"];

    private static readonly ImmutableArray<string> Units = ["bytes", "kB", "MB", "GB", "TB", "PB"];

    /// <summary>Microseconds since 1970.</summary>
    private static readonly long Started = (Process.GetCurrentProcess().StartTime.ToUniversalTime() - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    public static readonly ImmutableArray<ScalarFunction> All =
    [
        new(
            Info("pg_encoding_to_char(encoding)", "The name of a character encoding.", "pg_encoding_to_char(6) = 'UTF8'"),
            [RowKernel.Overload<TextBuilder>([DataType.Integer], DataType.Varchar, (a, row, result) => result.Append(a.Fixed<int>(0, row) == Utf8 ? "UTF8"u8 : ""u8))]),
        new(
            Info("pg_char_to_encoding(name)", "The number of a character encoding; -1 for one that there is not.", "pg_char_to_encoding('UTF8') = 6"),
            [RowKernel.Overload<FixedBuilder<int>>([DataType.Varchar], DataType.Integer, (a, row, result) => result.Append(a.String(0, row).Replace("-", string.Empty, StringComparison.Ordinal).ToUpperInvariant() is "UTF8" or "UNICODE" ? Utf8 : -1))]),
        new(
            Info("getdatabaseencoding()", "The character encoding of text.", "getdatabaseencoding() = 'UTF8'", "pg_client_encoding"),
            [RowKernel.Overload<TextBuilder>([], DataType.Varchar, (_, _, result) => result.Append("UTF8"u8))]),
        new(
            Info("pg_size_pretty(bytes)", "A number of bytes as people read it.", "pg_size_pretty(123456789) = '118 MB'"),
            [RowKernel.Overload<TextBuilder>([DataType.BigInt], DataType.Varchar, (a, row, result) => result.Append(Encoding.UTF8.GetBytes(Pretty(a.Long(0, row)))))]),
        new(
            Info(
                "pg_relation_size(relation)",
                "The bytes of a relation in the server's own storage, of which there is none: 0.",
                "pg_relation_size('pg_class') = 0",
                "pg_table_size",
                "pg_total_relation_size",
                "pg_indexes_size",
                "pg_database_size",
                "pg_tablespace_size",
                "pg_stat_get_numscans"),
            [Number(0, OidType.ByName["regclass"]), Number(0, DataType.Varchar), Number(0, OidType.ByName["regclass"], DataType.Varchar)]),
        new(
            Info("pg_backend_pid()", "The number of the session, by which others may end what it does; 0 inside of a program.", "(pg_backend_pid() >= 0) = true"),
            [RowKernel.Overload<FixedBuilder<int>>([], DataType.Integer, (a, _, result) => result.Append(a.Session.Facts.Clients.Own))]),
        OfSession("pg_cancel_backend(process)", "Asks the statement of a session to end; false when there is no such session.", (clients, process) => clients.Cancel(process)),
        OfSession("pg_terminate_backend(process)", "Ends a session; false when there is none of that number.", (clients, process) => clients.Terminate(process)),
        new(Info("pg_is_in_recovery()", "Whether the server only follows another one.", "pg_is_in_recovery() = false", "pg_is_wal_replay_paused", "pg_jit_available"), [Boolean(false)]),
        new(
            Info(
                "pg_is_other_temp_schema(schema)", "Whether a schema is that of another session's temporary tables.", "pg_is_other_temp_schema(2200) = false", "pg_relation_is_publishable", "row_security_active"),
            [Boolean(false, Oid)]),
        new(
            Info("pg_postmaster_start_time()", "When the server began.", "pg_postmaster_start_time() < now() = true", "pg_conf_load_time"),
            [RowKernel.Overload<FixedBuilder<long>>([], DataType.TimestampTz, (_, _, result) => result.Append(Started))]),
        new(Info("txid_current()", "The number of the transaction; there are none that have one.", "txid_current() = 0", "pg_current_xact_id", "pg_my_temp_schema"), [Number(0)]),
        new(
            Info("pg_tablespace_location(tablespace)", "The folder of a tablespace.", "pg_tablespace_location(1663) = ''"),
            [RowKernel.Overload<TextBuilder>([Oid], DataType.Varchar, (_, _, result) => result.Append(""u8))]),
        new(
            Info("inet_server_addr()", "The address of the server, which it does not tell.", "inet_server_addr() IS NULL = true", "inet_client_addr"),
            [RowKernel.Overload<TextBuilder>([], DataType.Varchar, (_, _, result) => result.AppendNull())]),
        new(
            Info("inet_server_port()", "The port of the server, which it does not tell.", "inet_server_port() IS NULL = true", "inet_client_port"),
            [RowKernel.Overload<FixedBuilder<int>>([], DataType.Integer, (_, _, result) => result.AppendNull())]),
        new(
            Info("pg_advisory_unlock_all()", "Gives back the locks that programs agree on, of which there are none.", "pg_advisory_unlock_all() = ''"),
            [RowKernel.Overload<TextBuilder>([], DataType.Varchar, (_, _, result) => result.Append(""u8))]),
    ];

    private static ScalarFunction OfSession(string signature, string description, Func<IClientSessions, int, bool> ask) => new(
        Info(signature, description, $"{signature[..signature.IndexOf('(', StringComparison.Ordinal)]}(-1) = false") with { Volatility = Volatility.Volatile },
        [RowKernel.Overload<BooleanBuilder>([DataType.Integer], DataType.Boolean, (a, row, result) => result.Append(ask(a.Session.Facts.Clients, a.Fixed<int>(0, row))), canFail: true)]);

    private static FunctionInfo Info(string signature, string description, string example, params ImmutableArray<string> aliases) =>
        new(signature, CatalogFunctions.Category, description, example) { Aliases = aliases, Volatility = Volatility.Stable };

    private static ScalarOverload Boolean(bool value, params ImmutableArray<ParameterType> parameters) =>
        RowKernel.Overload<BooleanBuilder>(parameters, DataType.Boolean, (_, _, result) => result.Append(value));

    private static ScalarOverload Number(long value, params ImmutableArray<ParameterType> parameters) =>
        RowKernel.Overload<FixedBuilder<long>>(parameters, DataType.BigInt, (_, _, result) => result.Append(value));

    /// <summary>The unit is the largest that leaves at least ten of it, halves rounded away from zero, as PostgreSQL has it.</summary>
    private static string Pretty(long bytes)
    {
        const int limit = 10 * 1024;
        var (size, unit) = ((decimal)bytes, 0);
        while (Math.Abs(size) >= (unit == 0 ? limit : limit - 0.5m) && unit < Units.Length - 1)
        {
            size /= 1024;
            unit++;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{Math.Round(size, MidpointRounding.AwayFromZero):0} {Units[unit]}");
    }
}
