using System.Collections.Immutable;
using Engine.Core.Columns.Builders;
using Engine.Core.Functions;
using Engine.Core.Types;
using Engine.Exec.Kernels;

namespace Engine.Exec.Functions.Time;

/// <summary>What the definitions of date and time functions share.</summary>
internal static class TimeInfo
{
    /// <summary>The types that <see cref="TimeArguments.Local"/> reads. Undecided text is a timestamp first.</summary>
    public static readonly ImmutableArray<DataType> Readings = [DataType.Timestamp, DataType.Date, DataType.TimestampTz, DataType.TimestampNanos];

    public static FunctionInfo Of(string name, string description, string example, params ImmutableArray<string> aliases) =>
        new(name, "time", description, example) { Aliases = aliases };

    /// <summary>An overload for every type of reading, as the only argument.</summary>
    public static IEnumerable<ScalarOverload> OfReading<TBuilder>(DataType result, RowWriter<TBuilder> write, bool canFail = false)
        where TBuilder : ColumnBuilder => Readings.Select(type => RowKernel.Overload([type], result, write, canFail));
}
