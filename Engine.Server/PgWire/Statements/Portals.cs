using System.Collections.Immutable;
using Engine.Core.Errors;
using Engine.Core.Expressions;
using Engine.Core.Types;
using Engine.Server.PgWire.Protocol;
using Engine.Server.PgWire.Types;
using Engine.Server.Sessions;

namespace Engine.Server.PgWire.Statements;

/// <summary>The portals of a connection by name; the one without name is replaced by the next.</summary>
internal sealed class Portals(Session session) : IDisposable
{
    private readonly Dictionary<string, Portal> _open = new(StringComparer.Ordinal);

    /// <summary>Reads a Bind message and opens what it asks for.</summary>
    public Portal Bind(ReadOnlySpan<byte> payload)
    {
        var reader = new PayloadReader(payload);
        var (name, statement) = (reader.Text(), reader.Text());
        var prepared = session.Prepared.Find(statement, span: null);
        if (name.Length > 0 && _open.ContainsKey(name))
        {
            throw new QueryException(ErrorCodes.DuplicateCursor, $"cursor \"{name}\" already exists");
        }

        var formats = ReadFormats(ref reader);
        var arguments = ReadArguments(ref reader, formats, prepared);
        var resultFormats = ReadFormats(ref reader);
        reader.End();
        Close(name);
        return _open[name] = new Portal(prepared, arguments, resultFormats);
    }

    /// <exception cref="QueryException">34000 when there is none of that name.</exception>
    public Portal Find(string name) =>
        _open.GetValueOrDefault(name) ?? throw new QueryException(ErrorCodes.InvalidCursorName, $"portal \"{name}\" does not exist");

    /// <summary>The columns of a cursor that DECLARE made, which is a portal in PostgreSQL; null when there is none of that name.</summary>
    public Schema? FindCursor(string name) => _open.ContainsKey(name) ? null : session.Cursors.Describe(name);

    public void Close(string name)
    {
        if (_open.Remove(name, out var portal))
        {
            portal.Dispose();
        }
    }

    public void CloseAll() => _open.Keys.ToList().ForEach(Close);

    public void Dispose() => CloseAll();

    private static ImmutableArray<short> ReadFormats(ref PayloadReader reader)
    {
        var count = reader.Count(sizeof(short));
        var formats = ImmutableArray.CreateBuilder<short>(count);
        for (var i = 0; i < count; i++)
        {
            var format = reader.Int16();
            formats.Add(format is 0 or 1 ? format : throw new QueryException(ErrorCodes.InvalidParameterValue, $"unsupported format code: {format}"));
        }

        return formats.MoveToImmutable();
    }

    private ImmutableArray<Literal> ReadArguments(ref PayloadReader reader, ImmutableArray<short> formats, PreparedStatement prepared)
    {
        var count = reader.Count(sizeof(int));
        if (formats.Length > 1 && formats.Length != count)
        {
            throw new QueryException(ErrorCodes.ProtocolViolation, $"bind message has {formats.Length} parameter formats but {count} parameters");
        }

        var wanted = prepared.ParameterTypes.Length;
        if (count < wanted)
        {
            throw new QueryException(ErrorCodes.ProtocolViolation, $"bind message supplies {count} parameters, but prepared statement \"{prepared.Name}\" requires {wanted}");
        }

        var constants = session.NewBindingContext(CancellationToken.None).Constants;
        var arguments = ImmutableArray.CreateBuilder<Literal>(count);
        for (var i = 0; i < count; i++)
        {
            var type = i < wanted ? prepared.ParameterTypes[i] : DataType.Unknown;
            var length = reader.Int32();
            if (length < 0)
            {
                arguments.Add(Literal.Null(type.Kind == TypeKind.Decimal ? DataType.Unknown : type));
                continue;
            }

            var bytes = reader.Bytes(length);
            var format = formats.Length switch { 0 => 0, 1 => formats[0], _ => formats[i] };
            arguments.Add(format == 0 ? ParameterReader.ReadText(bytes, type, constants) : ParameterReader.ReadBinary(bytes, type.Kind == TypeKind.Unknown ? TypeOf(i, prepared) : type));
        }

        return arguments.MoveToImmutable();
    }

    /// <summary>The type of a parameter that was not declared, which binary values cannot do without.</summary>
    private DataType TypeOf(int place, PreparedStatement prepared)
    {
        var described = new StatementDescriber(session).Describe(prepared, CancellationToken.None).Parameters;
        return place < described.Length ? described[place] : DataType.Varchar;
    }
}
