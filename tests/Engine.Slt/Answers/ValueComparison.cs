using System.Globalization;
using System.Text.RegularExpressions;
using Engine.Core.Types;
using Engine.Slt.Scripts;

namespace Engine.Slt.Answers;

/// <summary>Whether a value is the expected one. DuckDB's scripts leave spellings open, as its own runner does: numbers are numbers, floats are near.</summary>
internal sealed class ValueComparison(SltFlavour flavour)
{
    /// <summary>What DuckDB's runner takes as equal for floating-point columns.</summary>
    private const double Tolerance = 0.01;

    /// <param name="got">What came, as the flavour writes it.</param>
    /// <param name="want">What was expected.</param>
    /// <param name="type">The column's type; null when values of all columns are mixed.</param>
    /// <param name="letter">The column's letter in the script.</param>
    public bool IsEqual(string got, string want, DataType? type, char letter)
    {
        if (got == want)
        {
            return true;
        }

        return flavour switch
        {
            SltFlavour.Sqlite => letter == 'R' && want == "0.000" && got == "-0.000",
            SltFlavour.DuckDb => IsNear(got, want, type, letter is 'I' or 'R'),
            _ => false,
        };
    }

    private static bool IsNear(string got, string want, DataType? type, bool isNumber)
    {
        if (want.StartsWith("<REGEX>:", StringComparison.Ordinal) || want.StartsWith("<!REGEX>:", StringComparison.Ordinal))
        {
            var pattern = want[(want.IndexOf(':', StringComparison.Ordinal) + 1)..];
            return Regex.IsMatch(got, $"^(?:{pattern})$", RegexOptions.Singleline, TimeSpan.FromSeconds(1)) != want.StartsWith("<!", StringComparison.Ordinal);
        }

        if (got == "NULL" || want == "NULL")
        {
            return false;
        }

        if (type?.Kind == TypeKind.Boolean || isNumber)
        {
            if (Truth(got) is { } truth && Truth(want) is { } wanted)
            {
                return truth == wanted;
            }
        }

        if (Number(got) is { } a && Number(want) is { } b && (isNumber || type is { IsNumeric: true }))
        {
            return type?.Kind switch
            {
                _ when double.IsNaN(a) || double.IsNaN(b) => double.IsNaN(a) && double.IsNaN(b),
                TypeKind.Real or TypeKind.Double => a == b || Math.Abs(a - b) <= (Math.Abs(b) * Tolerance) + 1e-8,
                TypeKind.Decimal => Trimmed(got) == Trimmed(want) || Math.Abs(a - b) <= Math.Abs(b) * 1e-9,
                _ => a == b && (Math.Abs(a) < 9e15 || got.Contains('.', StringComparison.Ordinal) || want.Contains('.', StringComparison.Ordinal)),
            };
        }

        return type?.Kind switch
        {
            TypeKind.Json => WithoutBlanks(got) == WithoutBlanks(want),
            TypeKind.TimestampTz => Zone(got) == Zone(want),
            TypeKind.Varbinary => string.Equals(got, want, StringComparison.OrdinalIgnoreCase),
            _ => got.Contains('\0', StringComparison.Ordinal) && got.Replace("\0", "\\0", StringComparison.Ordinal) == want,
        };
    }

    private static bool? Truth(string value) => value switch { "true" or "1" or "t" or "True" => true, "false" or "0" or "f" or "False" => false, _ => null };

    private static double? Number(string value) => value.ToUpperInvariant() switch
    {
        "INF" or "INFINITY" => double.PositiveInfinity,
        "-INF" or "-INFINITY" => double.NegativeInfinity,
        "NAN" or "-NAN" => double.NaN,
        _ => double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null,
    };

    private static string Trimmed(string value) => value.Contains('.', StringComparison.Ordinal) ? value.TrimEnd('0').TrimEnd('.') : value;

    private static string WithoutBlanks(string value) => string.Concat(value.Where(c => !char.IsWhiteSpace(c)));

    private static string Zone(string value) => Regex.Replace(value, @"(?<=[+-]\d\d):?00$", string.Empty, RegexOptions.None, TimeSpan.FromSeconds(1));
}
