using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Errors;
using Engine.Core.Functions;
using Engine.Core.Text;
using Engine.Core.Types;
using Engine.Exec.Kernels;

namespace Engine.Exec.Functions.Nested;

/// <summary>Maps made of entries and of each other.</summary>
internal static unsafe class MapFunctions
{
    private static readonly AnyParameter K = new("K");
    private static readonly AnyParameter V = new("V");
    private static readonly MapParameter Map = new(K, V);
    private static readonly DataType TextMap = new MapType(DataType.Varchar, DataType.Varchar);

    public static readonly ImmutableArray<ScalarFunction> All =
    [
        new(
            Info("map_entries(map)", "The entries of a map as an array of rows.", "map_entries(MAP {'a': 1})[1].value = 1"),
            [new([Map], types => new ArrayType(((MapType)types[0]).Entry), binding => (in context, arguments, rowCount) => Relabelled(arguments[0], binding.ResultType, rowCount))]),
        new(
            Info("map_from_entries(entries)", "The map of an array of rows of key and value.", "map_from_entries(ARRAY[ROW('a', 1)]) = MAP {'a': 1}"),
            [FromEntries(pair => new MapType(pair.Key, pair.Value), isMulti: false)]),
        new(
            Info("multimap_from_entries(entries)", "The map of an array of rows of key and value, in which each key has the array of its values.", "multimap_from_entries(ARRAY[ROW('a', 1), ROW('a', 2)]) = MAP {'a': ARRAY[1, 2]}"),
            [FromEntries(pair => new MapType(pair.Key, new ArrayType(pair.Value)), isMulti: true)]),
        new(
            Info("map_concat(map, other, ...)", "The entries of all maps; of a key in several the last one's value.", "map_concat(MAP {'a': 1}, MAP {'a': 2, 'b': 3}) = MAP {'a': 2, 'b': 3}"),
            [new([Map], types => types[0], binding => RowKernel.Strict<ListBuilder>(binding.ResultType, WriteConcatenation)) { Variadic = Map }]),
        new(
            Info("map_contains_key(map, key)", "Whether a map has a key.", "map_contains_key(MAP {'a': 1}, 'a') = true", "map_contains", "map_key_exists"),
            [RowKernel.Overload<BooleanBuilder>([Map, K], DataType.Boolean, (a, row, result) =>
            {
                var maps = (ListColumn)a.Column(0);
                result.Append(ItemKernel.Find(maps, a.Place(0, row), KeysOf(maps), a.Column(1), a.Place(1, row)) >= 0);
            })]),
        new(
            Info("map_subset(map, keys)", "The entries whose keys are in an array.", "map_subset(MAP {'a': 1, 'b': 2}, ARRAY['b']) = MAP {'b': 2}"),
            [Chosen([Map, new ArrayParameter(K)], (a, row, maps, entry) =>
            {
                var keys = (ListColumn)a.Column(1);
                return ItemKernel.Find(keys, a.Place(1, row), keys.Child, KeysOf(maps), entry) >= 0;
            })]),
        new(
            Info("map_remove_null_values(map)", "The entries whose values are not NULL.", "map_remove_null_values(MAP {'a': 1, 'b': NULL}) = MAP {'a': 1}"),
            [Chosen([Map], (_, _, maps, entry) => !ValuesOf(maps).IsNull(entry))]),
        new(
            Info("split_to_map(text, separator, divider)", "The map of a text of entries between separators, each a key, a divider and a value.", "split_to_map('a=1&b=2', '&', '=') = MAP {'a': '1', 'b': '2'}"),
            [RowKernel.Overload<ListBuilder>([DataType.Varchar, DataType.Varchar, DataType.Varchar], TextMap, WriteSplit, canFail: true)]),
    ];

    private static FunctionInfo Info(string signature, string description, string example, params ImmutableArray<string> aliases) =>
        new(signature, "map", description, example) { Aliases = aliases };

    private static Column KeysOf(ListColumn maps) => ((StructColumn)maps.Child).Children[0];

    private static Column ValuesOf(ListColumn maps) => ((StructColumn)maps.Child).Children[1];

    private static Column Relabelled(Column map, DataType type, int rowCount)
    {
        var lists = (ListColumn)(map is ConstantColumn constant ? constant.Value : map);
        var relabelled = new ListColumn(type, lists.Length, lists.OffsetData.Retain(), lists.Child.Retain(), lists.Validity.Retain());
        return map is ConstantColumn ? new ConstantColumn(relabelled, rowCount) : relabelled;
    }

    /// <summary>Only entries for which a condition holds.</summary>
    private static ScalarOverload Chosen(ImmutableArray<ParameterType> parameters, Func<RowArguments, int, ListColumn, int, bool> isChosen) =>
        new(parameters, types => types[0], binding => RowKernel.Strict<ListBuilder>(binding.ResultType, (a, row, result) =>
        {
            var maps = (ListColumn)a.Column(0);
            var place = a.Place(0, row);
            result.Items.AppendFlat(maps.Child, Enumerable.Range(maps.Offsets[place], maps.ItemCount(place)).Where(entry => isChosen(a, row, maps, entry)).ToArray());
            result.EndRow();
        }));

    private static void WriteConcatenation(RowArguments a, int row, ListBuilder result)
    {
        // The last argument that has a key gives its value; the key keeps the place where it came first.
        var entries = new List<(ListColumn Maps, int Entry)>();
        for (var argument = 0; argument < a.Count; argument++)
        {
            var maps = (ListColumn)a.Column(argument);
            var place = a.Place(argument, row);
            for (var entry = maps.Offsets[place]; entry < maps.Offsets[place + 1]; entry++)
            {
                var known = entries.FindIndex(other => ValueComparison.Compare(KeysOf(other.Maps), other.Entry, KeysOf(maps), entry) == 0);
                if (known < 0)
                {
                    entries.Add((maps, entry));
                }
                else
                {
                    entries[known] = (maps, entry);
                }
            }
        }

        foreach (var (maps, entry) in entries)
        {
            result.Items.AppendFlat(maps.Child, [entry]);
        }

        result.EndRow();
    }

    private static ScalarOverload FromEntries(Func<(DataType Key, DataType Value), MapType> type, bool isMulti) => new(
        [new ArrayParameter(AnyParameter.T)],
        types => ((ArrayType)types[0]).Element is RowType { Fields: [var key, var value] }
            ? type((key.Type, value.Type))
            : throw new QueryException(ErrorCodes.DatatypeMismatch, $"map entries are rows of two fields, not of type {((ArrayType)types[0]).Element}"),
        binding => RowKernel.Strict<ListBuilder>(binding.ResultType, (a, row, result) => WriteEntries(a, row, isMulti, result)))
    {
        CanFail = true,
    };

    private static void WriteEntries(RowArguments a, int row, bool isMulti, ListBuilder result)
    {
        var lists = (ListColumn)a.Column(0);
        var place = a.Place(0, row);
        var rows = (StructColumn)lists.Child;
        var entries = (StructBuilder)result.Items;
        var groups = new List<List<int>>();
        for (var item = lists.Offsets[place]; item < lists.Offsets[place + 1]; item++)
        {
            if (rows.IsNull(item) || rows.Children[0].IsNull(item))
            {
                throw new QueryException(ErrorCodes.InvalidParameterValue, rows.IsNull(item) ? "map entry must not be NULL" : "map key must not be NULL");
            }

            var group = groups.Find(known => ValueComparison.Compare(rows.Children[0], known[0], rows.Children[0], item) == 0);
            if (group is not null && !isMulti)
            {
                throw new QueryException(ErrorCodes.InvalidParameterValue, $"duplicate map key: {ColumnText.ToString(rows.Children[0], item)}");
            }

            if (group is null)
            {
                groups.Add([item]);
            }
            else
            {
                group.Add(item);
            }
        }

        foreach (var group in groups)
        {
            entries.Fields[0].AppendFlat(rows.Children[0], [group[0]]);
            if (isMulti)
            {
                var values = (ListBuilder)entries.Fields[1];
                values.Items.AppendFlat(rows.Children[1], group.ToArray());
                values.EndRow();
            }
            else
            {
                entries.Fields[1].AppendFlat(rows.Children[1], [group[0]]);
            }

            entries.EndRow();
        }

        result.EndRow();
    }

    private static void WriteSplit(RowArguments a, int row, ListBuilder result)
    {
        var text = a.Text(0, row);
        var separator = a.Text(1, row);
        var divider = a.Text(2, row);
        if (separator.IsEmpty || divider.IsEmpty || separator.SequenceEqual(divider))
        {
            throw new QueryException(ErrorCodes.InvalidParameterValue, "separator and divider must be different texts that are not empty");
        }

        var map = new TextMapWriter(result, refusesDuplicates: true);
        while (!text.IsEmpty)
        {
            var end = text.IndexOf(separator);
            var entry = end < 0 ? text : text[..end];
            text = end < 0 ? default : text[(end + separator.Length)..];
            if (entry.IsEmpty)
            {
                continue;
            }

            var found = entry.IndexOf(divider);
            if (found < 0)
            {
                throw new QueryException(ErrorCodes.InvalidParameterValue, $"no divider in entry \"{System.Text.Encoding.UTF8.GetString(entry)}\"");
            }

            map.Add(entry[..found], entry[(found + divider.Length)..]);
        }

        map.End();
    }
}
