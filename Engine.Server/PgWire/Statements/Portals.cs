using System.Collections.Immutable;
using Engine.Core.Errors;
using Engine.Core.Expressions;
using Engine.Core.Types;
using Engine.Server.PgWire.Protocol;
using Engine.Server.PgWire.Types;
using Engine.Server.Sessions;
using Ast = Engine.Parser.Ast;

namespace Engine.Server.PgWire.Statements;

/// <summary>The portals of a connection, which are among its session's cursors; the one without name is replaced by the next.</summary>
internal sealed class Portals(Session session) : IDisposable
{
    /// <summary>Reads a Bind message and opens what it asks for.</summary>
    public Portal Bind(ReadOnlySpan<byte> payload)
    {
        var reader = new PayloadReader(payload);
        var (name, statement) = (reader.Text(), reader.Text());
        var prepared = session.Prepared.Find(statement, span: null);
        session.Cursors.RefuseTaken(name, span: null);
        var formats = ReadFormats(ref reader);
        var arguments = ReadArguments(ref reader, formats, prepared);
        var resultFormats = ReadFormats(ref reader);
        reader.End();
        var portal = new Portal(session, prepared, arguments, resultFormats);
        session.Cursors.Open(name, portal);
        return portal;
    }

    /// <summary>A portal, or a cursor that DECLARE made.</summary>
    /// <exception cref="QueryException">34000 when there is none of that name.</exception>
    public ICursor Find(string name) => session.Cursors.Find(name) ?? throw new QueryException(ErrorCodes.InvalidCursorName, $"portal \"{name}\" does not exist");

    /// <summary>Starts a statement; before a FETCH the portal that it reads, which may have to wait for its turn.</summary>
    public async Task<StatementResult> ExecuteAsync(Ast.Statement statement, CancellationToken cancellationToken)
    {
        if (statement is Ast.FetchStatement fetch && session.Cursors.Find(fetch.Cursor.Value) is Portal { IsActive: false } portal && portal.Describe(cancellationToken) is not null)
        {
            using var use = portal.Use();
            await portal.StartAsync(cancellationToken).ConfigureAwait(false);
        }

        return await session.ExecuteAsync(statement, [], cancellationToken).ConfigureAwait(false);
    }

    public void Close(string name) => session.Cursors.Close(name);

    public void CloseAll() => session.Cursors.CloseAll<Portal>();

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
