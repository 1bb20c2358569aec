using Engine.Catalog;
using Engine.Catalog.Memory;
using Engine.Core.Errors;
using Engine.Core.Functions;
using Engine.Parser;
using Engine.Parser.Ast;
using Engine.Planner.Binding;

namespace Engine.Server.Sessions;

/// <summary>What a session was given of sequences. Functions ask from several threads.</summary>
internal sealed class SessionSequences(Session session) : ISequences
{
    private readonly Lock _lock = new();
    private readonly Dictionary<SequenceNumbers, long> _given = [];
    private SequenceNumbers? _last;

    public long Next(string name)
    {
        var numbers = FindWritable(name).Numbers;
        var number = numbers.Next();
        lock (_lock)
        {
            _given[numbers] = number;
            _last = numbers;
        }

        return number;
    }

    public long Current(string name)
    {
        var sequence = Find(name);
        lock (_lock)
        {
            return _given.TryGetValue(sequence.Numbers, out var number)
                ? number
                : throw new QueryException(ErrorCodes.ObjectNotInPrerequisiteState, $"currval of sequence \"{sequence.Name}\" is not yet defined in this session");
        }
    }

    public long Last()
    {
        lock (_lock)
        {
            return _last is null ? throw new QueryException(ErrorCodes.ObjectNotInPrerequisiteState, "lastval is not yet defined in this session") : _given[_last];
        }
    }

    public void Set(string name, long number, bool isGiven)
    {
        var numbers = FindWritable(name).Numbers;
        numbers.Set(number, isGiven);
        if (isGiven)
        {
            lock (_lock)
            {
                _given[numbers] = number;
            }
        }
    }

    /// <summary>Forgets what was given.</summary>
    public void Forget()
    {
        lock (_lock)
        {
            _given.Clear();
            _last = null;
        }
    }

    private MemorySequence FindWritable(string text)
    {
        var (catalog, schema, sequence) = Locate(text);
        session.Names.RequireWrite(catalog, schema, $"sequence {sequence.Name}", span: null);
        return sequence;
    }

    private MemorySequence Find(string text) => Locate(text).Sequence;

    private (MemoryCatalog Catalog, string Schema, MemorySequence Sequence) Locate(string text)
    {
        var name = TableNames.Parse(text);
        return session.Names.LocateObject(name) switch
        {
            (var catalog, var schema, MemorySequence sequence) => (catalog, schema, sequence),
            null when session.Names.Find(name, CancellationToken.None) is null => throw new QueryException(
                ErrorCodes.UndefinedTable, $"relation \"{text}\" does not exist", span: null, "CREATE SEQUENCE makes one."),
            _ => throw new QueryException(ErrorCodes.WrongObjectType, $"\"{text}\" is not a sequence"),
        };
    }
}
