using System.Globalization;
using System.Numerics;
using Engine.Core.Errors;
using Engine.Parser.Generated;

namespace Engine.Parser.Tokens;

/// <summary>Numbers: <c>1</c>, <c>1_000</c>, <c>1.5</c>, <c>.5</c>, <c>1.</c>, <c>1e-3</c>, <c>0x1F</c>, <c>0o17</c>, <c>0b101</c>.</summary>
internal static class NumberScanner
{
    /// <summary>Reads the number at <paramref name="start"/>; <c>Digits</c> is its canonical text.</summary>
    public static (int Type, int End, string Digits) Scan(string sql, int start)
    {
        var radix = sql[start] == '0' && start + 1 < sql.Length ? RadixOf(sql[start + 1]) : 10;
        var number = radix == 10 ? ScanDecimal(sql, start) : ScanRadix(sql, start, radix);
        var end = number.End;
        if (sql[end - 1] == '_' || (end < sql.Length && (char.IsAsciiLetterOrDigit(sql[end]) || sql[end] == '_' || sql[end] > '\u007f')))
        {
            while (end < sql.Length && (char.IsAsciiLetterOrDigit(sql[end]) || sql[end] == '_' || sql[end] > '\u007f'))
            {
                end++;
            }

            var span = new SourceSpan(start, end - start);
            throw new QueryException(
                ErrorCodes.SyntaxError, $"trailing junk after numeric literal {SyntaxErrors.Near(sql, span)}", span);
        }

        return number;
    }

    private static (int Type, int End, string Digits) ScanDecimal(string sql, int start)
    {
        var type = SqlGrammar.IntegerLiteral;
        var position = SkipDigits(sql, start);
        if (position < sql.Length && sql[position] == '.')
        {
            type = SqlGrammar.DecimalLiteral;
            position = SkipDigits(sql, position + 1);
        }

        if (position < sql.Length && sql[position] is 'e' or 'E')
        {
            var exponent = position + 1;
            if (exponent < sql.Length && sql[exponent] is '+' or '-')
            {
                exponent++;
            }

            if (exponent < sql.Length && char.IsAsciiDigit(sql[exponent]))
            {
                type = SqlGrammar.FloatLiteral;
                position = SkipDigits(sql, exponent);
            }
        }

        return (type, position, sql[start..position].Replace("_", string.Empty, StringComparison.Ordinal));
    }

    private static (int Type, int End, string Digits) ScanRadix(string sql, int start, int radix)
    {
        var value = BigInteger.Zero;
        var position = start + 2;
        var digits = 0;
        for (; position < sql.Length; position++)
        {
            if (sql[position] == '_')
            {
                continue;
            }

            if (!char.IsAsciiHexDigit(sql[position]) || Convert.ToInt32(sql[position].ToString(), 16) is var digit && digit >= radix)
            {
                break;
            }

            value = (value * radix) + Convert.ToInt32(sql[position].ToString(), 16);
            digits++;
        }

        // 0x without digits is a 0 with junk behind it, which the caller reports.
        return digits == 0
            ? (SqlGrammar.IntegerLiteral, start + 1, "0")
            : (SqlGrammar.IntegerLiteral, position, value.ToString(CultureInfo.InvariantCulture));
    }

    private static int SkipDigits(string sql, int position)
    {
        while (position < sql.Length && (char.IsAsciiDigit(sql[position]) || (sql[position] == '_' && position > 0 && char.IsAsciiDigit(sql[position - 1]))))
        {
            position++;
        }

        return position;
    }

    private static int RadixOf(char prefix) => prefix switch
    {
        'x' or 'X' => 16,
        'o' or 'O' => 8,
        'b' or 'B' => 2,
        _ => 10,
    };
}
