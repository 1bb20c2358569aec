using System.Globalization;
using System.Numerics;
using System.Text;
using Engine.Core.Types;

namespace Engine.Slt.Answers;

/// <summary>Values as SQLite's scripts have them, by the letter of the column: I an integer, R three places behind the point, T text.</summary>
internal static class SqliteText
{
    public static string Of(string? value, DataType type, char letter) => (value, letter) switch
    {
        (null, _) => "NULL",
        (_, 'I') when type.Kind == TypeKind.Boolean => value == "true" ? "1" : "0",
        (_, 'R') when type.Kind == TypeKind.Boolean => value == "true" ? "1.000" : "0.000",
        (_, 'I') => Integer(value),
        (_, 'R') => double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? ThreePlaces(number) : "0.000",
        ("", _) => "(empty)",
        _ => Printable(value),
    };

    private static string Integer(string value)
    {
        var end = value.IndexOf('.', StringComparison.Ordinal);
        if (BigInteger.TryParse(end < 0 ? value : value[..end], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            return number.ToString(CultureInfo.InvariantCulture);
        }

        return double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) && double.IsFinite(real) ? new BigInteger(real).ToString(CultureInfo.InvariantCulture) : "0";
    }

    /// <summary>As C's printf has it: a number in the middle goes to the even neighbour.</summary>
    private static string ThreePlaces(double number)
    {
        var sixteenths = number * 16;
        var isTie = Math.Abs(sixteenths) < 1e15 && double.IsInteger(sixteenths) && !double.IsEvenInteger(sixteenths);
        return isTie
            ? Math.Round((decimal)sixteenths / 16, 3, MidpointRounding.ToEven).ToString("F3", CultureInfo.InvariantCulture)
            : number.ToString("F3", CultureInfo.InvariantCulture);
    }

    private static string Printable(string value) => string.Concat(Encoding.UTF8.GetBytes(value).Select(code => code is >= 32 and <= 126 ? (char)code : '@'));
}
