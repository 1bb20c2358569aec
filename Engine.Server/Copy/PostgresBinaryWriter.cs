using System.Buffers.Binary;
using Engine.Core.Columns;
using Engine.Core.Connectors;
using Engine.Core.Text;
using Engine.Core.Types;
using Engine.Server.PgWire.Types;

namespace Engine.Server.Copy;

/// <summary>PostgreSQL's binary format of COPY (PostgreSQL manual, "COPY", "Binary Format").</summary>
internal sealed class PostgresBinaryWriter : IBatchWriter
{
    private readonly Stream _output;
    private readonly CellEncoder[] _encoders;
    private readonly ByteWriter _bytes = new();

    /// <summary>Begins with the signature, no flags and no further header.</summary>
    public PostgresBinaryWriter(Schema schema, Stream output)
    {
        _output = output;
        _encoders = [.. schema.Select(field => CellEncoder.Of(field.Type, isBinary: true))];
        _bytes.Add("PGCOPY\n"u8);
        _bytes.Add([0xFF, (byte)'\r', (byte)'\n', 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    }

    public void Write(Batch batch)
    {
        for (var place = 0; place < batch.SelectedCount; place++)
        {
            var row = batch.Selection is { } selection ? selection.Rows[place] : place;
            Add((short)_encoders.Length);
            for (var i = 0; i < _encoders.Length; i++)
            {
                var lengthAt = _bytes.Length;
                _bytes.Add([0xFF, 0xFF, 0xFF, 0xFF]);
                if (_encoders[i].TryWrite(batch[i], row, _bytes))
                {
                    _bytes.PatchInt32(lengthAt, _bytes.Length - lengthAt - 4);
                }
            }

            // A row is a message of its own to a client, and some read no more than one from each.
            Flush();
        }
    }

    public void Complete()
    {
        Add(-1);
        Flush();
    }

    public void Dispose()
    {
    }

    private void Add(short value)
    {
        BinaryPrimitives.WriteInt16BigEndian(_bytes.GetSpan(2), value);
        _bytes.Advance(2);
    }

    private void Flush()
    {
        _output.Write(_bytes.Written);
        _bytes.Clear();
    }
}
