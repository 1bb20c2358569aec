using Engine.Core.Arrow;
using Engine.Core.Columns;
using Engine.Core.Connectors;
using Engine.Core.Memory;
using Engine.Core.Types;
using Engine.Storage.ArrowIpc;
using Engine.Storage.ObjectStores.Local;
using Engine.Storage.Parquet;

namespace Engine.Differential.Tests.Parquet;

/// <summary>A table as one reader gives it: names, types, and every value in its one spelling, column by column.</summary>
public sealed record ParquetTable(Schema Schema, List<string>[] Columns)
{
    private const int BatchRowCount = 777;
    private const int ShownLength = 200;

    public int RowCount => Columns is [var first, ..] ? first.Count : 0;

    /// <summary>Whether its file has columns that are not here.</summary>
    public bool IsPart { get; private init; }

    /// <summary>Some of its columns.</summary>
    public ParquetTable Only(IReadOnlyCollection<string> names)
    {
        var places = Enumerable.Range(0, Schema.Count).Where(i => names.Contains(Schema[i].Name)).ToList();
        return new ParquetTable(new Schema([.. places.Select(i => Schema[i])]), [.. places.Select(i => Columns[i])]) { IsPart = true };
    }

    /// <summary>The first value that is not as expected, or null when all are.</summary>
    public string? DifferenceFrom(ParquetTable expected)
    {
        for (var i = 0; i < expected.Columns.Length; i++)
        {
            var (theirs, ours) = (Columns[i], expected.Columns[i]);
            if (theirs.Count != ours.Count)
            {
                return $"{theirs.Count} rows, not {ours.Count}";
            }

            for (var row = 0; row < ours.Count; row++)
            {
                if (ours[row] != theirs[row])
                {
                    var at = ours[row].Zip(theirs[row]).TakeWhile(pair => pair.First == pair.Second).Count();
                    return $"{expected.Schema[i]} row {row}: {Cut(theirs[row], at)}, not {Cut(ours[row], at)}";
                }
            }
        }

        return null;
    }

    /// <summary>As the engine reads a file.</summary>
    public static ParquetTable Read(string path)
    {
        using var pool = MemoryPool.CreateRoot("test");
        var store = new LocalObjectStore();
        var format = new ParquetFormat(store);
        var file = store.List(path, CancellationToken.None)[0];
        var schema = format.Infer([file], FormatOptions.None, null, CancellationToken.None).Schema;
        var scan = new FileScan(FormatOptions.None, schema, [.. Enumerable.Range(0, schema.Count)], [], OnError.Fail);
        var columns = NewColumns(schema.Count);
        foreach (var split in format.Split(file, scan, CancellationToken.None))
        {
            using var source = format.Open(split, scan, new ScanContext(pool, new ScanMetrics(), new RowErrorLog(), BatchRowCount));
            while (source.Next(CancellationToken.None) is { } batch)
            {
                Append(batch, columns, schema);
            }
        }

        return new ParquetTable(schema, columns);
    }

    /// <summary>As a peer reads it, told in Arrow, which has no JSON: texts are read as JSON where the schema says so.</summary>
    public static ParquetTable ReadArrow(string path, Schema schema)
    {
        using var pool = MemoryPool.CreateRoot("test");
        using var stream = File.OpenRead(path);
        using var reader = new ArrowStreamReader(stream, null, pool, ArrowCodec.Instance);
        var columns = NewColumns(reader.Schema.Count);
        var types = new Schema([.. reader.Schema.Select(field => new Field(field.Name, WithJson(field.Type, schema.FirstOrDefault(own => own.Name == field.Name)?.Type)))]);
        while (reader.Next() is { } batch)
        {
            Append(batch, columns, types);
        }

        return new ParquetTable(types, columns);
    }

    private static List<string>[] NewColumns(int count) => [.. Enumerable.Range(0, count).Select(_ => new List<string>())];

    private static DataType WithJson(DataType type, DataType? ours) => (type, ours) switch
    {
        ({ Kind: TypeKind.Varchar }, { Kind: TypeKind.Json }) => ours,
        (ArrayType array, ArrayType own) => new ArrayType(WithJson(array.Element, own.Element)),
        (MapType map, MapType own) => new MapType(WithJson(map.Key, own.Key), WithJson(map.Value, own.Value)),
        (RowType row, RowType own) when row.Fields.Length == own.Fields.Length =>
            new RowType([.. row.Fields.Zip(own.Fields, (field, ownField) => new Field(field.Name, WithJson(field.Type, ownField.Type)))]),
        _ => type,
    };

    private static void Append(Batch batch, List<string>[] columns, Schema schema)
    {
        using (batch)
        {
            for (var i = 0; i < columns.Length; i++)
            {
                for (var row = 0; row < batch.RowCount; row++)
                {
                    columns[i].Add(CanonicalValue.Of(ColumnValue.Get(batch[i], row), schema[i].Type));
                }
            }
        }
    }

    /// <summary>As much of a value as shows where it differs.</summary>
    private static string Cut(string text, int at)
    {
        var start = Math.Max(0, at - (ShownLength / 2));
        return text.Length <= ShownLength ? text : $"...{text[start..Math.Min(text.Length, start + ShownLength)]}...";
    }
}
