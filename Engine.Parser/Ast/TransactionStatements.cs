using Engine.Core.Errors;

namespace Engine.Parser.Ast;

/// <summary><c>BEGIN</c>, <c>START TRANSACTION</c>, with modes.</summary>
public sealed record BeginStatement(TransactionModes Modes, SourceSpan Span) : Statement(Span);

/// <summary><c>SET TRANSACTION ..</c>, or <c>SET SESSION CHARACTERISTICS AS TRANSACTION ..</c> when <see cref="SessionDefault"/>.</summary>
public sealed record SetTransactionStatement(bool SessionDefault, TransactionModes Modes, SourceSpan Span) : Statement(Span);

/// <summary>What the text says about a transaction; null where it says nothing.</summary>
public sealed record TransactionModes(IsolationLevel? Isolation, bool? ReadOnly, bool? Deferrable, SourceSpan Span) : SyntaxNode(Span);

/// <summary>SQL's isolation levels.</summary>
public enum IsolationLevel : byte
{
    ReadUncommitted,
    ReadCommitted,
    RepeatableRead,
    Serializable,
}

/// <summary><c>COMMIT</c>, <c>END</c>; <see cref="Chain"/> is AND CHAIN.</summary>
public sealed record CommitStatement(bool Chain, SourceSpan Span) : Statement(Span);

/// <summary><c>ROLLBACK</c>, <c>ABORT</c>; <see cref="Chain"/> is AND CHAIN.</summary>
public sealed record RollbackStatement(bool Chain, SourceSpan Span) : Statement(Span);

/// <summary><c>SAVEPOINT name</c>.</summary>
public sealed record SavepointStatement(Identifier Name, SourceSpan Span) : Statement(Span);

/// <summary><c>RELEASE [SAVEPOINT] name</c>.</summary>
public sealed record ReleaseStatement(Identifier Name, SourceSpan Span) : Statement(Span);

/// <summary><c>ROLLBACK TO [SAVEPOINT] name</c>.</summary>
public sealed record RollbackToStatement(Identifier Name, SourceSpan Span) : Statement(Span);

/// <summary><c>DECLARE name [BINARY] [[NO] SCROLL] CURSOR [WITH HOLD] FOR query</c>; <see cref="Scroll"/> is null when the text does not say.</summary>
public sealed record DeclareCursorStatement(Identifier Name, bool Binary, bool? Scroll, bool Hold, Query Query, SourceSpan Span) : Statement(Span);

/// <summary><c>FETCH direction FROM cursor</c>; <see cref="Move"/> marks MOVE, which returns no rows.</summary>
public sealed record FetchStatement(bool Move, FetchDirection Direction, long? Count, Identifier Cursor, SourceSpan Span) : Statement(Span);

/// <summary>
/// Where a FETCH goes. <see cref="FetchStatement.Count"/> is set for Forward, Backward, Absolute and Relative; null with Forward and Backward
/// means ALL. NEXT is Forward 1, PRIOR is Backward 1, FIRST is Absolute 1, LAST is Absolute -1.
/// </summary>
public enum FetchDirection : byte
{
    Forward,
    Backward,
    Absolute,
    Relative,
}

/// <summary><c>CLOSE cursor</c>; <c>CLOSE ALL</c> has no name.</summary>
public sealed record CloseStatement(Identifier? Cursor, SourceSpan Span) : Statement(Span);
