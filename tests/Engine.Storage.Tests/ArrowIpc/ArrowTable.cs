using System.Collections.Immutable;
using System.Globalization;
using Engine.Core.Arrow;
using Engine.Core.Columns;
using Engine.Core.Memory;
using Engine.Storage.ArrowIpc;

namespace Engine.Storage.Tests.ArrowIpc;

/// <summary>Reads Arrow bytes whole, and shows values as texts that are equal when the values are.</summary>
internal static class ArrowTable
{
    /// <summary>The values of a file or stream by column, only those of some columns when asked for.</summary>
    public static List<string>[] Read(byte[] bytes, MemoryPool pool, ImmutableArray<int>? projection = null)
    {
        using var stream = new MemoryStream(bytes);
        return ArrowFileFooter.IsFile(bytes) ? ReadFile(stream, pool, projection) : ReadStream(stream, pool, projection);
    }

    public static List<string>[] ReadStream(Stream stream, MemoryPool pool, ImmutableArray<int>? projection = null)
    {
        using var reader = new ArrowStreamReader(stream, projection, pool, ArrowCodec.Instance);
        var columns = NewColumns(projection?.Length ?? reader.Schema.Count);
        while (reader.Next() is { } batch)
        {
            Append(batch, columns);
        }

        return columns;
    }

    public static string Show(object? value) => value switch
    {
        null => "NULL",
        byte[] bytes => Convert.ToHexString(bytes),
        float number => number.ToString("R", CultureInfo.InvariantCulture),
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        string text => $"'{text}'",
        ImmutableArray<object?> items => $"[{string.Join(", ", items.Select(Show))}]",
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    private static List<string>[] ReadFile(Stream stream, MemoryPool pool, ImmutableArray<int>? projection)
    {
        var footer = ArrowFileFooter.Read(stream);
        var wanted = projection ?? [.. Enumerable.Range(0, footer.Schema.Count)];
        using var reader = new ArrowFileReader(stream, footer, wanted, pool, ArrowCodec.Instance);
        var columns = NewColumns(wanted.Length);
        for (var i = 0; i < footer.Batches.Length; i++)
        {
            Append(reader.ReadBatch(i), columns);
        }

        return columns;
    }

    private static List<string>[] NewColumns(int count) => [.. Enumerable.Range(0, count).Select(_ => new List<string>())];

    private static void Append(Batch batch, List<string>[] columns)
    {
        using (batch)
        {
            for (var i = 0; i < columns.Length; i++)
            {
                batch[i].Length.ShouldBe(batch.RowCount);
                columns[i].AddRange(Enumerable.Range(0, batch.RowCount).Select(row => Show(ColumnValue.Get(batch[i], row))));
            }
        }
    }
}
