using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Engine.Bench.DuckDb;

/// <summary>DuckDB in this process, through its C API.</summary>
internal sealed unsafe class DuckDbContender : IContender
{
    private nint _database;
    private nint _connection;

    static DuckDbContender() => DuckDbNative.Load(BenchFolders.DuckDbLibrary);

    public DuckDbContender(int threads)
    {
        if (DuckDbNative.Open(null, out _database) != DuckDbNative.Success || DuckDbNative.Connect(_database, out _connection) != DuckDbNative.Success)
        {
            throw new BenchException("DuckDB does not open a database in memory");
        }

        Run(string.Create(CultureInfo.InvariantCulture, $"SET threads = {threads}"));
    }

    public static string Version => Marshal.PtrToStringUTF8(DuckDbNative.LibraryVersion()) ?? string.Empty;

    public string Name => "DuckDB";

    public long Run(string sql)
    {
        var rows = 0L;
        var result = Query(sql);
        try
        {
            for (var chunk = DuckDbNative.FetchChunk(result); chunk != 0; chunk = DuckDbNative.FetchChunk(result))
            {
                rows += (long)DuckDbNative.DataChunkSize(chunk);
                DuckDbNative.DestroyDataChunk(ref chunk);
            }
        }
        finally
        {
            DuckDbNative.DestroyResult(ref result);
        }

        return rows;
    }

    /// <summary>DuckDB itself makes text of the values: the vectors then hold nothing but strings.</summary>
    public ResultText Read(string sql)
    {
        var rows = new List<string?[]>();
        var result = Query($"SELECT CAST(COLUMNS(*) AS VARCHAR) FROM ({sql})");
        try
        {
            var columns = Enumerable.Range(0, (int)DuckDbNative.ColumnCount(ref result))
                .Select(column => Marshal.PtrToStringUTF8(DuckDbNative.ColumnName(ref result, (ulong)column)) ?? string.Empty).ToList();
            for (var chunk = DuckDbNative.FetchChunk(result); chunk != 0; chunk = DuckDbNative.FetchChunk(result))
            {
                AddRows(chunk, columns.Count, rows);
                DuckDbNative.DestroyDataChunk(ref chunk);
            }

            return new ResultText(columns, [], rows);
        }
        finally
        {
            DuckDbNative.DestroyResult(ref result);
        }
    }

    public void Dispose()
    {
        DuckDbNative.Disconnect(ref _connection);
        DuckDbNative.Close(ref _database);
    }

    private static void AddRows(nint chunk, int columnCount, List<string?[]> rows)
    {
        var first = rows.Count;
        var count = (int)DuckDbNative.DataChunkSize(chunk);
        for (var row = 0; row < count; row++)
        {
            rows.Add(new string?[columnCount]);
        }

        for (var column = 0; column < columnCount; column++)
        {
            var vector = DuckDbNative.DataChunkVector(chunk, (ulong)column);
            var texts = DuckDbNative.VectorData(vector);
            var validity = DuckDbNative.VectorValidity(vector);
            for (var row = 0; row < count; row++)
            {
                if (validity is null || (validity[row >> 6] >> (row & 63) & 1) != 0)
                {
                    rows[first + row][column] = TextOf(texts + row);
                }
            }
        }
    }

    private static string TextOf(DuckDbNative.Text* text) =>
        Encoding.UTF8.GetString(text->Length <= DuckDbNative.Text.MaxInlineLength ? &text->FirstByte : text->Pointer, (int)text->Length);

    private DuckDbNative.Result Query(string sql)
    {
        if (DuckDbNative.Query(_connection, sql, out var result) == DuckDbNative.Success)
        {
            return result;
        }

        var message = Marshal.PtrToStringUTF8(DuckDbNative.ResultError(ref result));
        DuckDbNative.DestroyResult(ref result);
        throw new BenchException($"DuckDB: {message}");
    }
}
