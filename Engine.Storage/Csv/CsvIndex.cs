using Engine.Core.Memory;

namespace Engine.Storage.Csv;

/// <summary>
/// Where the records and fields of a block lie. Field k ends at <see cref="Ends"/>[k]; it begins behind the delimiter of the field before it,
/// or where its record begins. The high bits of an end say what is special about the field.
/// </summary>
internal sealed unsafe class CsvIndex(MemoryPool pool) : IDisposable
{
    /// <summary>The part of an end that is the place.</summary>
    public const uint PlaceMask = 0x0FFFFFFF;

    /// <summary>Quotes stand around the field.</summary>
    public const uint Quoted = 0x80000000;

    /// <summary>The field has doubled quotes or escapes in it.</summary>
    public const uint Escaped = 0x40000000;

    /// <summary>Quotes stand where none may, or one is missing.</summary>
    public const uint Malformed = 0x20000000;

    /// <summary>The record has no such field.</summary>
    public const uint Missing = 0x10000000;

    /// <summary>Fields and rows that may be added before <see cref="Ensure"/> is asked again.</summary>
    public const int Slack = 128;

    private NativeBuffer? _ends;
    private NativeBuffer? _rows;
    private int _fieldCapacity;
    private int _rowCapacity;

    public uint* Ends { get; private set; }

    /// <summary>The first field of each record; one entry more than rows.</summary>
    public int* FirstFields { get; private set; }

    /// <summary>Where each record begins; one entry more than rows.</summary>
    public int* Starts { get; private set; }

    public int FieldCount { get; set; }

    public int RowCount { get; set; }

    public void Clear()
    {
        Ensure();
        FieldCount = 0;
        RowCount = 0;
        FirstFields[0] = 0;
    }

    /// <summary>Makes room for <see cref="Slack"/> more fields and rows.</summary>
    public void Ensure(int fields = Slack)
    {
        if (FieldCount + fields > _fieldCapacity)
        {
            _fieldCapacity = Math.Max(FieldCount + fields, Math.Max(16 << 10, _fieldCapacity * 2));
            var larger = pool.Allocate(_fieldCapacity * 4L, "csv fields");
            if (_ends is not null)
            {
                Buffer.MemoryCopy(Ends, larger.Pointer, larger.Length, FieldCount * 4L);
                _ends.Release();
            }

            _ends = larger;
            Ends = (uint*)larger.Pointer;
        }

        if (RowCount + Slack > _rowCapacity)
        {
            _rowCapacity = Math.Max(RowCount + Slack, Math.Max(4 << 10, _rowCapacity * 2));
            var larger = pool.Allocate(_rowCapacity * 8L, "csv rows");
            var starts = (int*)larger.Pointer + _rowCapacity;
            if (_rows is not null)
            {
                Buffer.MemoryCopy(FirstFields, larger.Pointer, larger.Length, (RowCount + 1L) * 4);
                Buffer.MemoryCopy(Starts, starts, larger.Length / 2, (RowCount + 1L) * 4);
                _rows.Release();
            }

            _rows = larger;
            FirstFields = (int*)larger.Pointer;
            Starts = starts;
        }
    }

    public void Dispose()
    {
        _ends?.Release();
        _rows?.Release();
        _ends = _rows = null;
    }
}
