using System.Collections.Immutable;
using Engine.Core.Columns.Builders;
using Engine.Core.Functions;
using Engine.Core.Text;
using Engine.Core.Types;
using Engine.Exec.Functions.Operators;
using Engine.Exec.Kernels;

namespace Engine.Exec.Functions.Time;

/// <summary>(a, b) OVERLAPS (c, d): whether two stretches of time have a moment in common; the second of a pair is their other end or their length.</summary>
internal static class OverlapFunctions
{
    private static readonly DataType[] Types = [DataType.Timestamp, DataType.TimestampTz, DataType.Time, DataType.TimeTz];

    public static readonly ImmutableArray<ScalarFunction> All =
    [
        new(
            TimeInfo.Of("overlaps(start, end, other_start, other_end)", "Whether two stretches of time, each by its ends or its start and length, have a moment in common; the end is no part, unless it is the start.", "((DATE '2024-01-01', DATE '2024-02-01') OVERLAPS (DATE '2024-01-31', INTERVAL '1 day')) = true"),
            [.. Types.SelectMany(type => new[] { type, DataType.Interval }.SelectMany(end => new[] { type, DataType.Interval }.Select(otherEnd => Overload(type, end, otherEnd))))]),
    ];

    private static ScalarOverload Overload(DataType type, DataType end, DataType otherEnd) => new(
        [type, end, type, otherEnd],
        _ => DataType.Boolean,
        _ => RowKernel.WithNulls<BooleanBuilder>(DataType.Boolean, (a, row, result) =>
        {
            if (Overlap(Stretch.Of(a, 0, row, type), Stretch.Of(a, 2, row, type)) is { } answer)
            {
                result.Append(answer);
            }
            else
            {
                result.AppendNull();
            }
        }))
    {
        SeesNulls = true,
        CanFail = true,
    };

    /// <summary>As the SQL standard has it, NULLs included; null where one that is missing would decide.</summary>
    private static bool? Overlap(Stretch one, Stretch other)
    {
        if (one.Start is not { } start || other.Start is not { } otherStart)
        {
            return null;
        }

        if (start == otherStart)
        {
            return one.End is null || other.End is null ? null : true;
        }

        var (earlier, later) = start < otherStart ? (one, other) : (other, one);
        return earlier.End is null ? null : later.Start < earlier.End ? true : later.End is null ? null : false;
    }

    /// <summary>Two ends, the earlier first; one that is missing is the second.</summary>
    private readonly record struct Stretch(long? Start, long? End)
    {
        public static Stretch Of(RowArguments a, int place, int row, DataType type)
        {
            long? start = a.IsNull(place, row) ? null : a.Long(place, row);
            long? end = a.IsNull(place + 1, row) ? null
                : a.Column(place + 1).Type.Kind != TypeKind.Interval ? a.Long(place + 1, row)
                : start is { } from ? After(from, a.Fixed<Interval>(place + 1, row), type, a.Session) : null;
            return start is null || end < start ? new Stretch(end, start) : new Stretch(start, end);
        }

        private static long After(long start, Interval length, DataType type, SessionContext session) => type.Kind switch
        {
            TypeKind.Time => Turn(start, length),
            TypeKind.TimeTz => ZonedTime.Unpack(start) is var time ? (time with { Micros = Turn(time.Micros, length) }).Packed : 0,
            _ => TemporalOperators.After(start, length, type.Kind == TypeKind.TimestampTz ? session.TimeZone : TimeZoneInfo.Utc),
        };

        /// <summary>A clock's hand after some time; it starts anew each day.</summary>
        private static long Turn(long time, Interval length) => (((time + (length.Micros % Calendar.MicrosPerDay)) % Calendar.MicrosPerDay) + Calendar.MicrosPerDay) % Calendar.MicrosPerDay;
    }
}
