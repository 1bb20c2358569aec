using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Errors;
using Engine.Core.Functions;
using Engine.Core.Text;
using Engine.Core.Types;

namespace Engine.Exec.Functions.Conversion;

/// <summary>The kernels of CAST and TRY_CAST.</summary>
internal static class Casts
{
    private const int MaxShownLength = 200;

    /// <summary>The kernel for a conversion that <see cref="Core.Expressions.CastRules.IsExplicit"/> allows.</summary>
    /// <param name="from">The operand's type.</param>
    /// <param name="to">The type wanted.</param>
    /// <param name="isTry">NULL instead of an error.</param>
    public static ScalarKernel Bind(DataType from, DataType to, bool isTry)
    {
        if (from.Equals(to))
        {
            return (in context, arguments, rowCount) => arguments[0].Retain();
        }

        return (from, to) switch
        {
            ({ Kind: TypeKind.Json }, { Kind: TypeKind.Varchar }) => Relabel(to),
            ({ Kind: TypeKind.Varchar }, { Kind: TypeKind.Json }) => Relabel(to),
            ({ Kind: TypeKind.Varchar or TypeKind.Unknown }, { Kind: TypeKind.Varbinary }) => TextCasts.ToBinary(isTry),
            (OidType, OidType) => OidCasts.Relabel(to),
            ({ IsInteger: true }, OidType) => OidCasts.FromNumber(from, to, isTry),
            (OidType, { IsInteger: true }) => OidCasts.ToNumber(to, isTry),
            ({ IsText: true }, OidType oid) => OidCasts.FromText(oid, isTry),
            ({ Kind: TypeKind.Varchar or TypeKind.Unknown }, ArrayType array) => ArrayTextCasts.Bind(array, isTry),
            ({ IsText: true }, _) => TextCasts.Bind(to, isTry),
            (_, { Kind: TypeKind.Varchar }) => ToText(to, (column, row, writer) => ColumnText.TryWrite(column, row, writer)),
            (_, { Kind: TypeKind.Json }) => ToText(to, WriteJson),
            ({ IsNumeric: true }, { IsNumeric: true }) => NumberCasts.Bind(from, to, isTry),
            ({ Kind: TypeKind.Boolean }, _) or (_, { Kind: TypeKind.Boolean }) => BooleanCasts.Bind(from, to),
            (EnumType words, EnumType target) => EnumCasts.Bind(words, target, isTry),
            (ArrayType array, ArrayType target) => NestedCasts.Array(array, target, isTry),
            (MapType map, MapType target) => NestedCasts.Map(map, target, isTry),
            (RowType row, RowType target) => NestedCasts.Row(row, target, isTry),
            _ => TemporalCasts.Bind(from, to, isTry),
        };
    }

    /// <summary>The error for a value that is none of the type wanted.</summary>
    public static QueryException Invalid(string value, DataType type)
    {
        var code = type.IsTemporal || type.Kind == TypeKind.Interval ? ErrorCodes.InvalidDatetimeFormat : ErrorCodes.InvalidTextRepresentation;
        value = value.Length > MaxShownLength ? value[..MaxShownLength] + "..." : value;
        return type is EnumType words
            ? new QueryException(code, $"invalid input value for enum{(words.Name is null ? string.Empty : $" {words.Name}")}: \"{value}\"", hint: NearNames.Hint(value, words.Labels))
            : new QueryException(code, $"invalid input syntax for type {type}: \"{value}\"", hint: $"TRY_CAST(x AS {type}) gives NULL for such values.");
    }

    public static QueryException OutOfRange(string value, DataType type) =>
        new(ErrorCodes.NumericValueOutOfRange, $"{type} out of range: {value}");

    private static ScalarKernel Relabel(DataType to) => (in context, arguments, rowCount) => arguments[0] is ConstantColumn constant
        ? new ConstantColumn(((TextColumn)constant.Value).As(to), rowCount)
        : ((TextColumn)arguments[0]).As(to);

    private static void WriteJson(Column column, int row, ByteWriter writer) => ColumnJson.Write(column, row, writer);

    private delegate void CellWriter(Column column, int row, ByteWriter writer);

    private static ScalarKernel ToText(DataType to, CellWriter write) => (in context, arguments, rowCount) =>
    {
        var values = arguments[0];
        using var builder = new TextBuilder(to, context.Pool);
        var writer = new ByteWriter { Zone = context.Session.TimeZone, Objects = context.Session.Facts.Objects };
        for (var row = 0; row < rowCount; row++)
        {
            if (values.IsNull(row))
            {
                builder.AppendNull();
                continue;
            }

            writer.Clear();
            write(values, row, writer);
            builder.Append(writer.Written);
        }

        return builder.Finish();
    };
}
