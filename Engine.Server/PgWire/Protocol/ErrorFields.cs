using System.Globalization;
using System.Text;
using Engine.Core.Errors;

namespace Engine.Server.PgWire.Protocol;

/// <summary>Errors and notices as messages (PostgreSQL manual, "Error and Notice Message Fields").</summary>
internal static class ErrorFields
{
    /// <param name="writer">Where to.</param>
    /// <param name="error">What is wrong.</param>
    /// <param name="sql">The text that the error's place is in; null for none.</param>
    /// <param name="isFatal">Whether the connection ends with it.</param>
    public static void WriteError(this BackendWriter writer, QueryException error, string? sql, bool isFatal = false)
    {
        writer.Begin('E');
        WriteFields(writer, isFatal ? "FATAL" : "ERROR", error.Code.SqlState, error.Message, error.Hint);
        if (error.Span is { } span && sql is not null && span.Start <= sql.Length)
        {
            writer.Byte((byte)'P').Text((1 + Characters(sql.AsSpan(0, span.Start))).ToString(CultureInfo.InvariantCulture));
        }

        writer.Byte(0).End();
    }

    public static void WriteWarning(this BackendWriter writer, string sqlState, string message, string? hint = null) => WriteBeside(writer, "WARNING", sqlState, message, hint);

    public static void WriteNotice(this BackendWriter writer, string sqlState, string message) => WriteBeside(writer, "NOTICE", sqlState, message, hint: null);

    private static void WriteBeside(BackendWriter writer, string severity, string sqlState, string message, string? hint)
    {
        writer.Begin('N');
        WriteFields(writer, severity, sqlState, message, hint);
        writer.Byte(0).End();
    }

    private static void WriteFields(BackendWriter writer, string severity, string sqlState, string message, string? hint)
    {
        writer.Byte((byte)'S').Text(severity).Byte((byte)'V').Text(severity).Byte((byte)'C').Text(sqlState).Byte((byte)'M').Text(message);
        if (hint is not null)
        {
            writer.Byte((byte)'H').Text(hint);
        }
    }

    /// <summary>Places are counted in characters, not in halves of surrogate pairs.</summary>
    private static int Characters(ReadOnlySpan<char> text)
    {
        var count = 0;
        foreach (var _ in text.EnumerateRunes())
        {
            count++;
        }

        return count;
    }
}
