using System.Globalization;

namespace Engine.Core.Connectors;

/// <summary>A value or row of a file that did not fit its schema.</summary>
/// <param name="Path">The file.</param>
/// <param name="Line">From 1: the line where the row begins, or the row's number in formats without lines.</param>
/// <param name="Column">The column, or null when the whole row is at fault.</param>
/// <param name="Value">The offending text, cut to a readable length.</param>
/// <param name="Reason">Lower-case, one line.</param>
public sealed record RowError(string Path, long Line, string? Column, string Value, string Reason)
{
    /// <summary>As warnings show it.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Path}:{Line}:{(Column is null ? string.Empty : $" column {Column}:")} {Reason}: {Value}");
}

/// <summary>Counts every row error of a query and keeps the first few for the warnings.</summary>
public sealed class RowErrorLog
{
    public const int MaxKept = 20;

    private readonly List<RowError> _first = [];
    private long _count;

    public long Count => Interlocked.Read(ref _count);

    /// <summary>How many there were, in words.</summary>
    public string Summary => string.Create(CultureInfo.InvariantCulture, $"{Count:N0} {(Count == 1 ? "value or row did" : "values or rows did")} not fit");

    public IReadOnlyList<RowError> First
    {
        get
        {
            lock (_first)
            {
                return [.. _first];
            }
        }
    }

    public void Add(RowError error)
    {
        if (Interlocked.Increment(ref _count) <= MaxKept)
        {
            lock (_first)
            {
                _first.Add(error);
            }
        }
    }
}
