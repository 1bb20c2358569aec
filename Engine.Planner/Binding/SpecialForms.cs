using Engine.Core.Errors;
using Engine.Core.Expressions;
using Engine.Core.Functions;
using Engine.Core.Types;

namespace Engine.Planner.Binding;

/// <summary>What is written as a function call but does not evaluate all its arguments, or asks about the expression instead of its value.</summary>
internal static class SpecialForms
{
    public static Expression? TryBind(
        string name, List<Expression> arguments, SourceSpan span, ExpressionBinder expressions, Func<string, IReadOnlyList<Expression>, Expression> call)
    {
        var coercion = expressions.Coercion;
        switch (name)
        {
            case "coalesce" or "ifnull" or "nvl":
                Expect(name, arguments, span, minimum: 1, maximum: name == "coalesce" ? int.MaxValue : 2);
                var unified = coercion.Unify(arguments, "COALESCE");
                return unified.Length == 1 ? unified[0] : new Coalesce([.. unified], unified[0].Type) { Span = span };
            case "nullif":
                Expect(name, arguments, span, minimum: 2, maximum: 2);
                var comparison = call("=", arguments);
                var value = coercion.Settle(arguments[0]);

                // The value as it was compared, where that needs a conversion: a whole number beside a decimal, or either beside a double.
                var isConverted = comparison is Call { Arguments: [{ Type: var compared }, _] } && (compared.IsFloating || (compared is DecimalType && value.Type.IsInteger));
                value = isConverted && value.Type is { IsNumeric: true, IsFloating: false } ? ((Call)comparison).Arguments[0] : value;
                return new Case([comparison], [Literal.Null(value.Type)], value) { Span = span };
            case "greatest" or "least" when arguments.Count > 0:
                return call(name, coercion.Unify(arguments, name.ToUpperInvariant()));
            case "if" or "iif":
                Expect(name, arguments, span, minimum: 2, maximum: 3);
                var condition = coercion.Require(arguments[0], DataType.Boolean, "IF");
                var branches = coercion.Unify([arguments[1], arguments.Count > 2 ? arguments[2] : new Literal(null, DataType.Unknown)], "IF");
                return new Case([condition], [branches[0]], branches[1]) { Span = span };
            case "try":
                Expect(name, arguments, span, minimum: 1, maximum: 1);
                return new TryExpression(coercion.Settle(arguments[0])) { Span = span };
            case "extract" or "date_part":
                // The result type depends on the field: some have fractions. What PostgreSQL calls date_part is always double.
                Expect(name, arguments, span, minimum: 2, maximum: 2);
                var isWhole = arguments[0] is Literal { Value: string field } && field.ToLowerInvariant() is not ("epoch" or "second" or "seconds" or "millisecond" or "milliseconds" or "ms" or "msec" or "msecs" or "julian");
                if (expressions.Context.Mode == SqlMode.Presto && arguments[0] is Literal { Value: string word } day && word.Equals("dow", StringComparison.OrdinalIgnoreCase))
                {
                    // Presto counts Sunday as 7.
                    arguments[0] = day with { Value = "isodow" };
                }

                var fieldValue = call(isWhole ? "extract" : "extract_decimal", arguments);
                return name == "extract" ? fieldValue : coercion.Explicit(fieldValue, DataType.Double, isTry: false, span);
            case "round" or "trunc" or "truncate" when arguments is [{ Type: DecimalType number }, Literal { Value: int digits and not int.MinValue }] && Math.Abs(digits) <= DecimalType.MaxPrecision:
                // As many digits behind the point are shown as were asked for.
                var scale = Math.Max(digits, 0);
                var precision = Math.Clamp(number.Precision - number.Scale + 1 + scale, scale, DecimalType.MaxPrecision);
                return coercion.Explicit(call(name, arguments), new DecimalType(precision, scale), isTry: false, span);
            case "trim_scale" when arguments is [Literal { Type: DecimalType number, Value: Int128 constant }]:
                // Of a constant it is known what is left of it.
                var needed = number.Scale;
                for (; needed > 0 && constant % 10 == 0; needed--)
                {
                    constant /= 10;
                }

                return coercion.Explicit(arguments[0], new DecimalType(Math.Max(number.Precision - number.Scale + needed, 1), needed), isTry: false, span);
            case "_pg_truetypid" or "_pg_truetypmod" when arguments is [{ Type: RowType }, { Type: RowType }]:
                // What information_schema says of a column of a domain: the type beneath (PostgreSQL 15, information_schema.sql).
                var (ofColumn, ofDomain) = name == "_pg_truetypid" ? ("atttypid", "typbasetype") : ("atttypmod", "typtypmod");
                var isDomain = call("=", [Field(arguments[1], "typtype", span), new Literal("d", DataType.Varchar)]);
                return new Case([isDomain], [Field(arguments[1], ofDomain, span)], Field(arguments[0], ofColumn, span)) { Span = span };
            case not null when name.StartsWith("_pg_", StringComparison.Ordinal) && expressions.Context.Functions.FindScalar(name[1..]) is not null:
                // information_schema's own functions, which connectors call that build its views themselves.
                return call(name[1..], arguments);
            case "struct_extract":
                Expect(name, arguments, span, minimum: 2, maximum: 2);
                return StructExtract(arguments[0], arguments[1], span);
            case "typeof" or "pg_typeof":
                Expect(name, arguments, span, minimum: 1, maximum: 1);
                var type = arguments[0].Type is ArrayType open ? Coercion.Settled(open) : arguments[0].Type;
                return new Literal(name == "typeof" ? type.ToString() : new PostgresType(type, MaxLength: null).FormattedName, DataType.Varchar) { Span = span };
            default:
                return null;
        }
    }

    private static Call Field(Expression row, string name, SourceSpan span) => StructExtract(row, new Literal(name, DataType.Varchar), span);

    /// <summary>The field of a row that a constant names or counts from 1.</summary>
    private static Call StructExtract(Expression operand, Expression field, SourceSpan span)
    {
        if (operand.Type is not RowType row)
        {
            throw new QueryException(ErrorCodes.WrongObjectType, $"field asked of type {operand.Type}, which is no row", operand.Span);
        }

        var place = field switch
        {
            Literal { Value: string name } => row.Fields.Select(known => known.Name).ToList().IndexOf(name),
            Literal { Value: int number } when number >= 1 && number <= row.Fields.Length => number - 1,
            _ => -1,
        };
        return place >= 0
            ? new Call("row_field", [operand, new Literal(place, DataType.Integer)], row.Fields[place].Type) { Span = span }
            : throw new QueryException(ErrorCodes.UndefinedColumn, $"{row} has no such field: {(field as Literal)?.Value ?? "an expression"}", field.Span, "A field is given as a constant.");
    }

    private static void Expect(string name, List<Expression> arguments, SourceSpan span, int minimum, int maximum)
    {
        if (arguments.Count < minimum || arguments.Count > maximum)
        {
            var wanted = minimum == maximum ? $"{minimum}" : maximum == int.MaxValue ? $"at least {minimum}" : $"{minimum} to {maximum}";
            throw new QueryException(ErrorCodes.UndefinedFunction, $"{name} takes {wanted} arguments, not {arguments.Count}", span);
        }
    }
}
