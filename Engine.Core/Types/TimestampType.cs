namespace Engine.Core.Types;

/// <summary>The step of a timestamp's 64-bit count since 1970-01-01.</summary>
public enum TimeUnit : byte
{
    Microsecond,
    Nanosecond,
}

/// <summary>A point in time: without zone a wall-clock reading, with zone an instant. A 64-bit count of <see cref="Unit"/>s since 1970-01-01.</summary>
public sealed record TimestampType : DataType
{
    public TimestampType(TypeKind kind, TimeUnit unit)
        : base(kind)
    {
        if (kind is not (TypeKind.Timestamp or TypeKind.TimestampTz))
        {
            throw new ArgumentOutOfRangeException(nameof(kind), kind, "a timestamp is with or without time zone");
        }

        Unit = unit;
    }

    public TimeUnit Unit { get; }

    public bool HasTimeZone => Kind == TypeKind.TimestampTz;

    public override ColumnLayout Layout => ColumnLayout.Fixed;

    public override int ByteWidth => 8;

    public override string ToString() => (Unit, HasTimeZone) switch
    {
        (TimeUnit.Microsecond, false) => "timestamp",
        (TimeUnit.Microsecond, true) => "timestamp with time zone",
        (_, false) => "timestamp(9)",
        _ => "timestamp(9) with time zone",
    };
}
