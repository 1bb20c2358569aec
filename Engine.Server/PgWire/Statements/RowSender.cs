using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Errors;
using Engine.Core.Types;
using Engine.Server.PgWire.Protocol;
using Engine.Server.PgWire.Types;

namespace Engine.Server.PgWire.Statements;

/// <summary>Writes the rows of one result in the formats that the client asked for.</summary>
internal sealed class RowSender
{
    private readonly BackendWriter _writer;
    private readonly CellEncoder[] _encoders;

    /// <param name="schema">Of the rows.</param>
    /// <param name="formats">None for text, one for all columns, or one for each; 1 is binary.</param>
    /// <param name="writer">Where to.</param>
    public RowSender(Schema schema, ImmutableArray<short> formats, BackendWriter writer)
    {
        if (formats.Length > 1 && formats.Length != schema.Count)
        {
            throw new QueryException(ErrorCodes.ProtocolViolation, $"bind message has {formats.Length} result formats but query has {schema.Count} columns");
        }

        _writer = writer;
        _encoders = [.. schema.Select((field, i) => CellEncoder.Of(field.Type, FormatOf(i, formats) == 1))];
    }

    /// <summary>The description of the rows; tables and their columns are not named, for drivers would ask about them.</summary>
    public static void Describe(Schema schema, ImmutableArray<short> formats, BackendWriter writer)
    {
        writer.Begin('T').Int16(schema.Count);
        for (var i = 0; i < schema.Count; i++)
        {
            var type = WireType.Of(schema[i]);
            writer.Text(schema[i].Name).Int32(0).Int16(0).Int32(type.Oid).Int16(type.Size).Int32(type.Modifier).Int16(FormatOf(i, formats));
        }

        writer.End();
    }

    /// <summary>Writes rows of a batch, which has no selection.</summary>
    public void Write(Batch batch, int row)
    {
        var bytes = _writer.Begin('D').Int16(_encoders.Length).Bytes;
        for (var i = 0; i < _encoders.Length; i++)
        {
            var lengthAt = bytes.Length;
            _writer.Int32(-1);
            if (_encoders[i].TryWrite(batch[i], row, bytes))
            {
                bytes.PatchInt32(lengthAt, bytes.Length - lengthAt - 4);
            }
        }

        _writer.End();
    }

    private static short FormatOf(int column, ImmutableArray<short> formats) => formats.Length switch
    {
        0 => 0,
        1 => formats[0],
        _ when column < formats.Length => formats[column],
        _ => 0,
    };
}
