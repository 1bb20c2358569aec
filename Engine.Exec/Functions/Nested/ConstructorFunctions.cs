using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Errors;
using Engine.Core.Functions;
using Engine.Core.Types;
using Engine.Exec.Kernels;

namespace Engine.Exec.Functions.Nested;

/// <summary>Arrays, rows and maps made of values, and their parts.</summary>
internal static unsafe class ConstructorFunctions
{
    private static readonly AnyParameter Key = new("K");
    private static readonly AnyParameter Value = new("V");
    private static readonly MapParameter Map = new(Key, Value);

    public static readonly ImmutableArray<ScalarFunction> All =
    [
        new(Info("array(item, ...)", "An array of values.", "(ARRAY[1, 2])[2] = 2", "list_value", "list_pack"), [new([], ArrayOf, binding => RowKernel.WithNulls<ListBuilder>(binding.ResultType, WriteArray))
        {
            Variadic = AnyParameter.T,
            SeesNulls = true,
        }]),
        new(Info("row(value, ...)", "A row of values, whose fields are f1, f2 ...", "(ROW(1, 'a')).f2 = 'a'"), [new([], RowOf, binding => MakeRow(binding.ResultType))
        {
            Variadic = AnyParameter.Each,
            SeesNulls = true,
        }]),
        new(
            Info("row_field(row, place)", "A field of a row, for (row).field.", "(ROW(1, 'a')).f1 = 1"),
            [new(
                [AnyParameter.Each, DataType.Integer],
                _ => throw new QueryException(ErrorCodes.UndefinedFunction, "function row_field does not exist", hint: "Write (row).field."),
                binding => GetField((int)binding.Constants[1]!))]),
        new(
            Info("subscript(value, key)", "The item of an array at a place from 1 on, or the value of a map under a key; NULL when there is none.", "(ARRAY['a', 'b'])[2] = 'b'"),
            [
                ItemKernel.Pick([ArrayParameter.OfT, DataType.BigInt], types => ((ArrayType)types[0]).Element, (a, lists, row, place) => At(lists, place, a.Long(1, row))),
                ItemKernel.Pick([Map, Key], types => ((MapType)types[0]).Value, FindKey, field: 1),
            ]),
        new(
            Info("element_at(value, key)", "As a subscript; a negative place counts from the end.", "element_at(ARRAY[1, 2, 3], -1) = 3", "list_extract", "list_element", "array_extract", "map_extract_value"),
            [
                ItemKernel.Pick([ArrayParameter.OfT, DataType.BigInt], types => ((ArrayType)types[0]).Element, (a, lists, row, place) =>
                    At(lists, place, a.Long(1, row) < 0 ? a.Long(1, row) + lists.ItemCount(place) + 1 : a.Long(1, row))),
                ItemKernel.Pick([Map, Key], types => ((MapType)types[0]).Value, FindKey, field: 1),
            ]),
        new(
            Info("map(keys, values)", "A map of an array of keys and one of values.", "(map(ARRAY['a', 'b'], ARRAY[1, 2]))['b'] = 2", "map_from_arrays"),
            [new([], _ => new MapType(DataType.Varchar, DataType.Varchar), binding => RowKernel.Strict<ListBuilder>(binding.ResultType, (_, _, result) => result.EndRow())),
            new(
                [new ArrayParameter(Key), new ArrayParameter(Value)],
                types => new MapType(((ArrayType)types[0]).Element, ((ArrayType)types[1]).Element),
                binding => RowKernel.Strict<ListBuilder>(binding.ResultType, WriteMap))
            {
                CanFail = true,
            }]),
        new(Info("map_keys(map)", "The keys of a map.", "map_keys(map(ARRAY['a'], ARRAY[1])) = ARRAY['a']"), [Entries(0)]),
        new(Info("map_values(map)", "The values of a map.", "map_values(map(ARRAY['a'], ARRAY[1])) = ARRAY[1]"), [Entries(1)]),
        new(
            Info("cardinality(value)", "Items of an array or entries of a map.", "cardinality(ARRAY[1, 2]) = 2", "array_size", "list_length"),
            [
                RowKernel.Overload<FixedBuilder<long>>([ArrayParameter.OfT], DataType.BigInt, (a, row, result) => result.Append(((ListColumn)a.Column(0)).ItemCount(a.Place(0, row)))),
                RowKernel.Overload<FixedBuilder<long>>([Map], DataType.BigInt, (a, row, result) => result.Append(((ListColumn)a.Column(0)).ItemCount(a.Place(0, row)))),
            ]),
    ];

    private static FunctionInfo Info(string signature, string description, string example, params ImmutableArray<string> aliases) =>
        new(signature, signature.StartsWith("map", StringComparison.Ordinal) ? "map" : "array", description, example) { Aliases = aliases };

    private static ArrayType ArrayOf(ImmutableArray<DataType> types) => new(types.IsEmpty ? DataType.Varchar : types[0]);

    private static RowType RowOf(ImmutableArray<DataType> types) => new([.. types.Select((type, i) => new Field($"f{i + 1}", type))]);

    private static void WriteArray(RowArguments a, int row, ListBuilder result)
    {
        for (var i = 0; i < a.Count; i++)
        {
            result.Items.AppendFlat(a.Column(i), [a.Place(i, row)]);
        }

        result.EndRow();
    }

    private static ScalarKernel MakeRow(DataType type) => (in context, arguments, rowCount) =>
    {
        var children = ImmutableArray.CreateBuilder<Column>(arguments.Length);
        foreach (var argument in arguments)
        {
            children.Add(argument.Flatten(context.Pool));
        }

        return new StructColumn(type, rowCount, children.MoveToImmutable(), default);
    };

    private static ScalarKernel GetField(int field) => (in context, arguments, rowCount) =>
    {
        var rows = (StructColumn)(arguments[0] is ConstantColumn constant ? constant.Value : arguments[0]);
        if (arguments[0] is ConstantColumn)
        {
            return new ConstantColumn(rows.Children[field].Retain(), rowCount);
        }

        if (!rows.MayHaveNulls)
        {
            return rows.Children[field].Retain();
        }

        // The field of a row that is NULL is NULL, whatever lies below.
        var places = new int[rowCount];
        for (var row = 0; row < rowCount; row++)
        {
            places[row] = rows.IsNull(row) ? -1 : row;
        }

        return rows.Children[field].Take(places, context.Pool);
    };

    private static int At(ListColumn lists, int place, long index) => index >= 1 && index <= lists.ItemCount(place) ? lists.Offsets[place] + (int)index - 1 : -1;

    private static int FindKey(RowArguments a, ListColumn maps, int row, int place) =>
        ItemKernel.Find(maps, place, ((StructColumn)maps.Child).Children[0], a.Column(1), a.Place(1, row));

    private static void WriteMap(RowArguments a, int row, ListBuilder result)
    {
        var keys = (ListColumn)a.Column(0);
        var values = (ListColumn)a.Column(1);
        var (keyPlace, valuePlace) = (a.Place(0, row), a.Place(1, row));
        var count = keys.ItemCount(keyPlace);
        if (count != values.ItemCount(valuePlace))
        {
            throw new QueryException(ErrorCodes.InvalidParameterValue, $"map has {count} keys but {values.ItemCount(valuePlace)} values");
        }

        var entries = (StructBuilder)result.Items;
        for (var i = 0; i < count; i++)
        {
            var key = keys.Offsets[keyPlace] + i;
            if (keys.Child.IsNull(key))
            {
                throw new QueryException(ErrorCodes.InvalidParameterValue, "map key must not be NULL");
            }

            if (ItemKernel.Find(keys, keyPlace, keys.Child, keys.Child, key) != key)
            {
                throw new QueryException(ErrorCodes.InvalidParameterValue, $"duplicate map key: {Core.Text.ColumnText.ToString(keys.Child, key)}");
            }

            entries.Fields[0].AppendFlat(keys.Child, [key]);
            entries.Fields[1].AppendFlat(values.Child, [values.Offsets[valuePlace] + i]);
            entries.EndRow();
        }

        result.EndRow();
    }

    private static ScalarOverload Entries(int field) => new(
        [Map],
        types => new ArrayType(field == 0 ? ((MapType)types[0]).Key : ((MapType)types[0]).Value),
        binding => RowKernel.Strict<ListBuilder>(binding.ResultType, (a, row, result) =>
        {
            var maps = (ListColumn)a.Column(0);
            var place = a.Place(0, row);
            var items = Enumerable.Range(maps.Offsets[place], maps.ItemCount(place)).ToArray();
            result.Items.AppendFlat(((StructColumn)maps.Child).Children[field], items);
            result.EndRow();
        }));
}
