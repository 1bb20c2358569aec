using System.Globalization;
using System.Text;
using Engine.Core.Expressions;
using Engine.Core.Text;
using Engine.Core.Types;

namespace Engine.Planner.Explain;

/// <summary>Bound expressions as a reader of plans wants them: close to SQL, columns by name.</summary>
public static class ExpressionText
{
    public static string Of(Expression expression) => expression switch
    {
        ColumnReference column => Field.Quote(column.Name),
        Literal literal => OfValue(literal.Value, literal.Type),
        Call { Function: "row_field", Arguments: [var operand, Literal { Value: int place }] } => $"{Of(operand)}.{Field.Quote(((RowType)operand.Type).Fields[place].Name)}",
        Call { Function: "subscript", Arguments: [var operand, var index] } => $"{Of(operand)}[{Of(index)}]",
        Call { Function: "not", Arguments: [var operand] } => $"NOT {Operand(operand)}",
        Call { Function: "like" or "ilike", Arguments: [var text, var pattern] } call => $"{Operand(text)} {call.Function.ToUpperInvariant()} {Operand(pattern)}",
        Call { Arguments: [var left, var right] } call when !char.IsAsciiLetter(call.Function[0]) => $"{Operand(left)} {call.Function} {Operand(right)}",
        Call { Arguments: [var operand] } call when !char.IsAsciiLetter(call.Function[0]) => $"{call.Function}{Operand(operand)}",
        Call call => $"{call.Function}({List(call.Arguments)})",
        Cast cast => $"{(cast.IsTry ? "TRY_CAST" : "CAST")}({Of(cast.Operand)} AS {cast.Type})",
        Junction junction => string.Join(junction.IsAnd ? " AND " : " OR ", junction.Terms.Select(Operand)),
        IsNull test => $"{Operand(test.Operand)} IS {(test.IsNegated ? "NOT " : string.Empty)}NULL",
        Case choice => $"CASE {string.Join(' ', choice.Conditions.Zip(choice.Results).Select(pair => $"WHEN {Of(pair.First)} THEN {Of(pair.Second)}"))} ELSE {Of(choice.Else)} END",
        Coalesce coalesce => $"COALESCE({List(coalesce.Arguments)})",
        InList list => $"{Operand(list.Operand)} IN ({List(list.Items)})",
        LambdaVariable variable => Field.Quote(variable.Name),
        Lambda { Parameters: [var parameter] } lambda => $"{Of(parameter)} -> {Of(lambda.Body)}",
        Lambda lambda => $"({List(lambda.Parameters)}) -> {Of(lambda.Body)}",
        TryExpression attempt => $"TRY({Of(attempt.Operand)})",
        _ => expression.GetType().Name,
    };

    /// <summary>A managed value as a literal.</summary>
    public static string OfValue(object? value, DataType type) => value switch
    {
        null => "NULL",
        bool boolean => boolean ? "TRUE" : "FALSE",
        string text => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'",
        byte[] bytes => $"X'{Convert.ToHexString(bytes)}'",
        int days when type.Kind == TypeKind.Date => $"DATE '{Written(target => DateText.Format(days, target))}'",
        long count when type is TimestampType { HasTimeZone: true } instant => $"TIMESTAMPTZ '{Written(target => TimestampText.FormatZoned(count, instant.Unit, TimeZoneInfo.Utc, target))}'",
        long count when type is TimestampType timestamp => $"TIMESTAMP '{Written(target => TimestampText.Format(count, timestamp.Unit, target))}'",
        Int128 unscaled when type is DecimalType { Scale: > 0 } number => Scaled(unscaled, number.Scale),
        Interval interval => string.Create(CultureInfo.InvariantCulture, $"INTERVAL '{interval.Months} mons {interval.Days} days {interval.Micros / 1e6} secs'"),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        System.Collections.IEnumerable items => $"[{string.Join(", ", items.Cast<object?>())}]",
        _ => value.ToString() ?? string.Empty,
    };

    private delegate int Format(Span<byte> target);

    private static string Written(Format format)
    {
        Span<byte> target = stackalloc byte[TimestampText.MaxLength];
        return Encoding.UTF8.GetString(target[..format(target)]);
    }

    private static string Scaled(Int128 unscaled, int scale)
    {
        var digits = Int128.Abs(unscaled).ToString(CultureInfo.InvariantCulture).PadLeft(scale + 1, '0');
        return $"{(unscaled < 0 ? "-" : string.Empty)}{digits[..^scale]}.{digits[^scale..]}";
    }

    private static string List(IEnumerable<Expression> expressions) => string.Join(", ", expressions.Select(Of));

    /// <summary>In parentheses where an operator stands inside an operator.</summary>
    private static string Operand(Expression expression) => expression switch
    {
        Junction or IsNull or InList => $"({Of(expression)})",
        Call { Arguments.Length: 2 } call when !char.IsAsciiLetter(call.Function[0]) || call.Function is "like" or "ilike" => $"({Of(expression)})",
        _ => Of(expression),
    };
}
