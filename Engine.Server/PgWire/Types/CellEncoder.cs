using Engine.Core.Columns;
using Engine.Core.Text;
using Engine.Core.Types;

namespace Engine.Server.PgWire.Types;

/// <summary>Writes the values of one result column in a format.</summary>
internal abstract class CellEncoder
{
    /// <summary>Writes a value; false, and nothing, for NULL.</summary>
    public bool TryWrite(Column column, int row, ByteWriter writer)
    {
        if (!CellReference.TryResolve(ref column, ref row))
        {
            return false;
        }

        Write(column, row, writer);
        return true;
    }

    /// <summary>Writes a value that is not NULL of a flat column.</summary>
    protected internal abstract void Write(Column column, int row, ByteWriter writer);

    public static CellEncoder Of(DataType type, bool isBinary) => (WireType.IsNative(type), isBinary) switch
    {
        (false, _) => JsonEncoder.Instance,
        (_, false) => TextEncoder.Instance,
        _ => BinaryEncoder.Of(type),
    };

    /// <summary>PostgreSQL's text form.</summary>
    private sealed class TextEncoder : CellEncoder
    {
        public static readonly TextEncoder Instance = new();

        protected internal override void Write(Column column, int row, ByteWriter writer) => ColumnText.TryWrite(column, row, writer);
    }

    /// <summary>Nested values, which PostgreSQL does not have; the same in both formats.</summary>
    private sealed class JsonEncoder : CellEncoder
    {
        public static readonly JsonEncoder Instance = new();

        protected internal override void Write(Column column, int row, ByteWriter writer) => ColumnJson.Write(column, row, writer);
    }
}
