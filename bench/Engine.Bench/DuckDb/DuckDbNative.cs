using System.Reflection;
using System.Runtime.InteropServices;

namespace Engine.Bench.DuckDb;

/// <summary>The part of DuckDB's C API (duckdb.h, 1.5) that running a query and reading text takes.</summary>
internal static unsafe partial class DuckDbNative
{
    public const int Success = 0;

    private const string Library = "duckdb";

    /// <summary>duckdb_result: three counts, the columns and the error of the old interface, and the result proper. Passed by value to duckdb_fetch_chunk.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Result
    {
        public ulong ColumnCount;
        public ulong RowCount;
        public ulong RowsChanged;
        public nint Columns;
        public nint ErrorMessage;
        public nint Internal;
    }

    /// <summary>duckdb_string_t: up to 12 bytes in place, longer ones behind the pointer.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 16)]
    public struct Text
    {
        public const int MaxInlineLength = 12;

        [FieldOffset(0)]
        public uint Length;

        [FieldOffset(4)]
        public byte FirstByte;

        [FieldOffset(8)]
        public byte* Pointer;
    }

    /// <summary>Says where the library is. To be called once, before anything else.</summary>
    public static void Load(string path) =>
        NativeLibrary.SetDllImportResolver(
            Assembly.GetExecutingAssembly(), (name, _, _) => name == Library ? NativeLibrary.Load(path) : nint.Zero);

    [LibraryImport(Library, EntryPoint = "duckdb_library_version")]
    public static partial nint LibraryVersion();

    [LibraryImport(Library, EntryPoint = "duckdb_open", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string? path, out nint database);

    [LibraryImport(Library, EntryPoint = "duckdb_close")]
    public static partial void Close(ref nint database);

    [LibraryImport(Library, EntryPoint = "duckdb_connect")]
    public static partial int Connect(nint database, out nint connection);

    [LibraryImport(Library, EntryPoint = "duckdb_disconnect")]
    public static partial void Disconnect(ref nint connection);

    [LibraryImport(Library, EntryPoint = "duckdb_query", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Query(nint connection, string sql, out Result result);

    [LibraryImport(Library, EntryPoint = "duckdb_destroy_result")]
    public static partial void DestroyResult(ref Result result);

    /// <summary>The text belongs to the result.</summary>
    [LibraryImport(Library, EntryPoint = "duckdb_result_error")]
    public static partial nint ResultError(ref Result result);

    [LibraryImport(Library, EntryPoint = "duckdb_column_count")]
    public static partial ulong ColumnCount(ref Result result);

    /// <summary>The text belongs to the result.</summary>
    [LibraryImport(Library, EntryPoint = "duckdb_column_name")]
    public static partial nint ColumnName(ref Result result, ulong column);

    /// <summary>The next chunk, or null at the end.</summary>
    [LibraryImport(Library, EntryPoint = "duckdb_fetch_chunk")]
    public static partial nint FetchChunk(Result result);

    [LibraryImport(Library, EntryPoint = "duckdb_destroy_data_chunk")]
    public static partial void DestroyDataChunk(ref nint chunk);

    [LibraryImport(Library, EntryPoint = "duckdb_data_chunk_get_size")]
    public static partial ulong DataChunkSize(nint chunk);

    [LibraryImport(Library, EntryPoint = "duckdb_data_chunk_get_vector")]
    public static partial nint DataChunkVector(nint chunk, ulong column);

    [LibraryImport(Library, EntryPoint = "duckdb_vector_get_data")]
    public static partial Text* VectorData(nint vector);

    /// <summary>One bit a row, set where there is a value; null where every row has one.</summary>
    [LibraryImport(Library, EntryPoint = "duckdb_vector_get_validity")]
    public static partial ulong* VectorValidity(nint vector);
}
