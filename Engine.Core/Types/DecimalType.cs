namespace Engine.Core.Types;

/// <summary>An exact number of up to 38 digits: an unscaled <see cref="long"/> when the precision is at most 18, else an <see cref="Int128"/>.</summary>
public sealed record DecimalType : DataType
{
    public const int MaxPrecision = 38;
    public const int MaxCompactPrecision = 18;

    public DecimalType(int precision, int scale)
        : base(TypeKind.Decimal)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(precision, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(precision, MaxPrecision);
        ArgumentOutOfRangeException.ThrowIfNegative(scale);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(scale, precision);
        Precision = precision;
        Scale = scale;
    }

    public int Precision { get; }

    public int Scale { get; }

    /// <summary>True when a value is stored in 64 bits.</summary>
    public bool IsCompact => Precision <= MaxCompactPrecision;

    public override ColumnLayout Layout => ColumnLayout.Fixed;

    public override int ByteWidth => IsCompact ? 8 : 16;

    public override string ToString() => $"decimal({Precision},{Scale})";
}
