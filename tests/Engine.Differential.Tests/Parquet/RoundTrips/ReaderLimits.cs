using Engine.Core.Types;

namespace Engine.Differential.Tests.Parquet.RoundTrips;

/// <summary>A reader that cannot give all values of a type back as they were written.</summary>
/// <param name="Reader">Its name.</param>
/// <param name="Kind">A type, at any depth of a column.</param>
/// <param name="Reason">Why its columns are not compared with this reader; the others must give them back.</param>
internal sealed record ReaderLimit(string Reader, Func<DataType, bool> Kind, string Reason);

/// <summary>The one list of what is not compared.</summary>
internal static class ReaderLimits
{
    public const string DuckDb = "DuckDB";
    public const string ParquetWasm = "parquet-wasm";
    public const string Hyparquet = "hyparquet";

    private static readonly ReaderLimit[] All =
    [
        new(DuckDb, type => type is TimestampType { HasTimeZone: true, Unit: TimeUnit.Nanosecond }, "its timestamps with time zone are microseconds"),
        new(Hyparquet, type => type.Kind == TypeKind.Interval, "it refuses files' INTERVAL columns"),
        new(Hyparquet, type => type.Kind == TypeKind.Decimal, "it makes floating-point numbers of decimals"),
        new(Hyparquet, type => type.Kind == TypeKind.Map, "it makes objects of maps: keys are texts there, and those that look like numbers come first"),
        new(ParquetWasm, type => type.Kind == TypeKind.Interval, "Arrow's day-time intervals have no months"),
    ];

    /// <summary>Why a reader is not asked for a column, or null when it is.</summary>
    public static string? ReasonFor(string reader, DataType type) =>
        All.FirstOrDefault(limit => limit.Reader == reader && limit.Kind(type))?.Reason
        ?? ChildrenOf(type).Select(child => ReasonFor(reader, child)).FirstOrDefault(reason => reason is not null);

    private static IEnumerable<DataType> ChildrenOf(DataType type) => type switch
    {
        ArrayType array => [array.Element],
        MapType map => [map.Key, map.Value],
        RowType row => row.Fields.Select(field => field.Type),
        _ => [],
    };
}
