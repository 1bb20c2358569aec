using System.Globalization;

namespace Engine.Catalog.Tpch;

/// <summary>How large the tables are: 1 is about a gigabyte of text.</summary>
internal readonly record struct TpchScale(decimal Factor)
{
    private const string Prefix = "sf";
    private const decimal MaxFactor = 100_000;

    /// <summary>From here on keys do not fit the 31-bit random numbers.</summary>
    private const decimal WideKeysFrom = 30_000;

    private const int MinClerks = 1000;

    public long Suppliers => Count(10_000);

    public long Customers => Count(150_000);

    public long Parts => Count(200_000);

    public long Orders => Count(1_500_000);

    public long Clerks => Math.Max(Count(1000), MinClerks);

    public bool HasWideKeys => Factor >= WideKeysFrom;

    /// <summary>The scale that a schema's name stands for: <c>tiny</c>, or <c>sf</c> and a number with <c>_</c> for the decimal point.</summary>
    public static TpchScale? Parse(string schema)
    {
        if (schema.Equals("tiny", StringComparison.OrdinalIgnoreCase))
        {
            return new TpchScale(0.01m);
        }

        return schema.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
            && decimal.TryParse(schema[Prefix.Length..].Replace('_', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var factor)
            && factor is > 0 and <= MaxFactor
                ? new TpchScale(factor)
                : null;
    }

    private long Count(int atOne) => Math.Max(1, (long)(atOne * Factor));
}
