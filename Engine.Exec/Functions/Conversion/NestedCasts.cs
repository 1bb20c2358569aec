using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Functions;
using Engine.Core.Types;

namespace Engine.Exec.Functions.Conversion;

/// <summary>Casts of arrays, maps and rows: their items and fields are cast.</summary>
internal static class NestedCasts
{
    public static ScalarKernel Array(ArrayType from, ArrayType to, bool isTry)
    {
        var item = Casts.Bind(from.Element, to.Element, isTry);
        return OverFlat((context, list, rowCount) => WithItems((ListColumn)list, to, rowCount, Apply(item, context, ((ListColumn)list).Child)));
    }

    public static ScalarKernel Map(MapType from, MapType to, bool isTry)
    {
        var entry = Row(from.Entry, to.Entry, isTry);
        return OverFlat((context, list, rowCount) => WithItems((ListColumn)list, to, rowCount, Apply(entry, context, ((ListColumn)list).Child)));
    }

    public static ScalarKernel Row(RowType from, RowType to, bool isTry)
    {
        var fields = from.Fields.Zip(to.Fields).Select(pair => Casts.Bind(pair.First.Type, pair.Second.Type, isTry)).ToImmutableArray();
        return OverFlat((context, row, rowCount) =>
        {
            var structs = (StructColumn)row;
            var children = ImmutableArray.CreateBuilder<Column>(fields.Length);
            for (var i = 0; i < fields.Length; i++)
            {
                children.Add(Apply(fields[i], context, structs.Children[i]));
            }

            return new StructColumn(to, rowCount, children.MoveToImmutable(), structs.Validity.Retain());
        });
    }

    private static ListColumn WithItems(ListColumn list, DataType to, int rowCount, Column items) =>
        new(to, rowCount, list.OffsetData.Retain(), items, list.Validity.Retain());

    /// <summary>Casts a child column as a whole.</summary>
    private static Column Apply(ScalarKernel cast, in KernelContext context, Column child)
    {
        using var result = cast(context, [child], child.Length);
        return result.Flatten(context.Pool);
    }

    private static ScalarKernel OverFlat(Func<KernelContext, Column, int, Column> cast) => (in context, arguments, rowCount) =>
        arguments[0] is ConstantColumn constant ? new ConstantColumn(cast(context, constant.Value, 1), rowCount) : cast(context, arguments[0], rowCount);
}
