using Engine.Core.Types;
using Ast = Engine.Parser.Ast;

namespace Engine.Server.Sessions;

/// <summary>Rows that a session reads by a name, some at a time. DECLARE makes one, and so does Bind, the message: they share their names, as in PostgreSQL.</summary>
internal interface ICursor : IDisposable
{
    /// <summary>Whether it can go back.</summary>
    bool IsScrollable { get; }

    /// <summary>Whether it is what runs at this moment: it cannot be read or closed by what it does itself.</summary>
    bool IsActive { get; }

    /// <summary>The columns of its rows; null when it gives none.</summary>
    Schema? Describe(CancellationToken cancellationToken);

    /// <summary>Goes where FETCH or MOVE says: the rows on the way, or how many they are.</summary>
    StatementResult Fetch(Ast.FetchStatement fetch, CancellationToken cancellationToken);
}
