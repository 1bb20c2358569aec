using System.Text;

namespace Engine.Storage.Parquet.Statistics;

/// <summary>Compares managed values of one type as the engine orders them; null when they cannot be compared.</summary>
internal static class ValueOrder
{
    public static int? Compare(object left, object right) => (left, right) switch
    {
        // By their bytes, which for UTF-8 is by code point and not by UTF-16 unit.
        (string a, string b) => Encoding.UTF8.GetBytes(a).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(b)),

        // Bounds leave NaN out, which is above all numbers here.
        (float, float.NaN) or (double, double.NaN) => null,
        (IComparable a, _) when a.GetType() == right.GetType() => a.CompareTo(right),
        _ => null,
    };
}
