using System.Text;
using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Errors;
using Engine.Core.Functions;
using Engine.Core.Text;
using Engine.Core.Types;
using Engine.Exec.Kernels;

namespace Engine.Exec.Functions.Conversion;

/// <summary>Casts to and from object identifiers; names are looked up in the session's catalog.</summary>
internal static class OidCasts
{
    /// <summary>From one class to another, which says no more than how the number is to be shown.</summary>
    public static ScalarKernel Relabel(DataType to) => (in context, arguments, rowCount) => arguments[0] is ConstantColumn constant
        ? new ConstantColumn(As((FixedColumn)constant.Value, to), rowCount)
        : As((FixedColumn)arguments[0], to);

    public static ScalarKernel FromNumber(DataType from, DataType to, bool isTry) => from.Kind switch
    {
        TypeKind.TinyInt => Convert<sbyte>(to, value => value, isTry),
        TypeKind.SmallInt => Convert<short>(to, value => value, isTry),

        // PostgreSQL takes the bits of a negative one.
        TypeKind.Integer => Convert<int>(to, value => (uint)value, isTry),
        _ => Convert<long>(to, value => value, isTry),
    };

    public static ScalarKernel ToNumber(DataType to, bool isTry) => to.Kind == TypeKind.BigInt ? Relabel(to) : NumberCasts.Bind(DataType.BigInt, to, isTry);

    public static ScalarKernel FromText(OidType to, bool isTry) => (in context, arguments, rowCount) =>
    {
        using var builder = new FixedBuilder<long>(to, context.Pool);
        var texts = new TextArgument(arguments[0]);
        for (var row = 0; row < rowCount; row++)
        {
            if (arguments[0].IsNull(row))
            {
                builder.AppendNull();
                continue;
            }

            try
            {
                builder.Append(Find(to, texts[row], context.Session.Facts.Objects));
            }
            catch (QueryException error)
            {
                if (!isTry)
                {
                    throw error.At(context.Span);
                }

                builder.AppendNull();
            }
        }

        return builder.Finish();
    };

    /// <summary>The error for a name that nothing has.</summary>
    public static QueryException Unknown(OidClass kind, string name) => kind switch
    {
        OidClass.Relation => new QueryException(ErrorCodes.UndefinedTable, $"relation \"{name}\" does not exist"),
        OidClass.Type => new QueryException(ErrorCodes.UndefinedObject, $"type \"{name}\" does not exist"),
        OidClass.Namespace => new QueryException(ErrorCodes.UndefinedSchema, $"schema \"{name}\" does not exist"),
        OidClass.Role => new QueryException(ErrorCodes.UndefinedObject, $"role \"{name}\" does not exist"),
        OidClass.Collation => new QueryException(ErrorCodes.UndefinedObject, $"collation \"{name}\" does not exist"),
        OidClass.Operator or OidClass.OperatorSignature => new QueryException(ErrorCodes.UndefinedFunction, $"operator does not exist: {name}"),
        _ => new QueryException(ErrorCodes.UndefinedFunction, $"function \"{name}\" does not exist"),
    };

    private static long Find(OidType to, ReadOnlySpan<byte> text, ICatalogObjects objects)
    {
        if (text is [(byte)'-'] && !to.IsNumber)
        {
            return 0;
        }

        if (IntegerText.TryParse(text, out long number))
        {
            return number is >= int.MinValue and <= OidType.MaxValue ? number & OidType.MaxValue : throw Casts.OutOfRange(Encoding.UTF8.GetString(text), to);
        }

        var name = Encoding.UTF8.GetString(text);
        return to.IsNumber ? throw Casts.Invalid(name, to) : objects.Find(to.Class, name) ?? throw Unknown(to.Class, name);
    }

    private static ScalarKernel Convert<T>(DataType to, Func<T, long> widen, bool isTry)
        where T : unmanaged => (in context, arguments, rowCount) =>
    {
        using var builder = new FixedBuilder<long>(to, context.Pool);
        var values = new FixedArgument<T>(arguments[0]);
        for (var row = 0; row < rowCount; row++)
        {
            var isNull = arguments[0].IsNull(row);
            var value = isNull ? 0 : widen(values[row]);
            if (value is < 0 or > OidType.MaxValue)
            {
                isNull = isTry ? true : throw Casts.OutOfRange(values[row].ToString()!, to).At(context.Span);
            }

            if (isNull)
            {
                builder.AppendNull();
            }
            else
            {
                builder.Append(value);
            }
        }

        return builder.Finish();
    };

    private static FixedColumn As(FixedColumn values, DataType type) => new(type, values.Length, values.Data.Retain(), values.Validity.Retain());
}
