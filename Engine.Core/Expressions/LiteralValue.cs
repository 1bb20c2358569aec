using System.Collections;

namespace Engine.Core.Expressions;

/// <summary>Equality and order of managed values of one type (see <see cref="Columns.ColumnValue"/>), NULL aside.</summary>
public static class LiteralValue
{
    public static bool AreEqual(object? left, object? right) => (left, right) switch
    {
        (null, null) => true,
        (null, _) or (_, null) => false,
        (byte[] a, byte[] b) => a.AsSpan().SequenceEqual(b),
        (IStructuralEquatable a, _) when left is not string => a.Equals(right, StructuralComparisons.StructuralEqualityComparer),
        _ => left.Equals(right),
    };

    /// <summary>SQL order: strings by code point, NaN above every number. Null when the values cannot be ordered.</summary>
    public static int? Compare(object left, object right) => (left, right) switch
    {
        (string a, string b) => CompareCodePoints(a, b),
        (byte[] a, byte[] b) => a.AsSpan().SequenceCompareTo(b),
        (double a, double b) => CompareFloats(a, b),
        (float a, float b) => CompareFloats(a, b),
        (IComparable a, _) when left.GetType() == right.GetType() => a.CompareTo(right),
        _ => null,
    };

    private static int CompareFloats(double a, double b) => double.IsNaN(a) || double.IsNaN(b) ? double.IsNaN(a).CompareTo(double.IsNaN(b)) : a.CompareTo(b);

    private static int CompareCodePoints(string a, string b)
    {
        // UTF-8 order is code point order; ordinal UTF-16 order differs from it above the surrogates.
        var left = System.Text.Encoding.UTF8.GetBytes(a);
        var right = System.Text.Encoding.UTF8.GetBytes(b);
        return left.AsSpan().SequenceCompareTo(right);
    }
}
