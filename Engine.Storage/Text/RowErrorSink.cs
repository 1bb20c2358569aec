using System.Text;
using Engine.Core.Connectors;
using Engine.Core.Errors;

namespace Engine.Storage.Text;

/// <summary>Where the readers of one file report what does not fit: it fails the query or is counted, as the table says.</summary>
internal sealed class RowErrorSink(DataFile file, FileScan scan, ScanContext context)
{
    private const int MaxValueLength = 100;

    private readonly List<RowError> _collected = [];

    /// <summary>Errors of an errors-only scan that are not yet given out.</summary>
    public List<RowError> Collected => _collected;

    public bool IsSkipping => scan.OnError == OnError.Skip && !scan.ErrorsOnly;

    /// <summary>Reports a value that is not of its column's type.</summary>
    /// <exception cref="QueryException">22P02 when errors fail the query.</exception>
    public void ReportValue(long line, string column, ReadOnlySpan<byte> value, string reason) =>
        Report(ErrorCodes.InvalidTextRepresentation, line, column, value, reason);

    /// <summary>Reports a row of the wrong shape.</summary>
    /// <exception cref="QueryException">22P04 when errors fail the query.</exception>
    public void ReportRow(long line, string? column, ReadOnlySpan<byte> row, string reason) =>
        Report(ErrorCodes.BadCopyFileFormat, line, column, row, reason);

    private void Report(ErrorCode code, long line, string? column, ReadOnlySpan<byte> value, string reason)
    {
        var shown = Show(value);
        var error = new RowError(file.Path, line, column, shown, reason);
        if (scan.ErrorsOnly)
        {
            _collected.Add(error);
            return;
        }

        if (scan.OnError == OnError.Fail)
        {
            var place = column is null ? "" : $", column {column}";
            throw new QueryException(
                code,
                $"file \"{file.Path}\", line {line}{place}: {reason}: \"{shown}\"",
                hint: "Set on_error to null or skip to read past such rows; they stay queryable in the table's $errors.");
        }

        context.RowErrors.Add(error);
    }

    private static string Show(ReadOnlySpan<byte> value)
    {
        var isCut = value.Length > MaxValueLength;
        var text = Encoding.UTF8.GetString(isCut ? value[..MaxValueLength] : value);
        return (isCut ? text + "..." : text).Replace("\r", "\\r", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
    }
}
