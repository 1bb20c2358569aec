using System.Collections.Immutable;
using Engine.Core.Expressions;
using Engine.Server.Sessions;

namespace Engine.Server.PgWire.Statements;

/// <summary>A statement with the values of its parameters, and its result as far as it was sent.</summary>
/// <param name="prepared">The statement.</param>
/// <param name="arguments">Values of <c>$1</c> and on.</param>
/// <param name="formats">How the client wants the columns, see <see cref="RowSender"/>.</param>
internal sealed class Portal(PreparedStatement prepared, ImmutableArray<Literal> arguments, ImmutableArray<short> formats) : IDisposable
{
    private readonly CancellationTokenSource _stop = new();

    public PreparedStatement Prepared => prepared;

    public ImmutableArray<Literal> Arguments => arguments;

    public ImmutableArray<short> Formats => formats;

    /// <summary>Its rows; null while it was not started.</summary>
    public ResultStream? Result { get; set; }

    /// <summary>Ends what runs of it: it may begin under one message and go on under another.</summary>
    public CancellationToken CancellationToken => _stop.Token;

    public void Cancel() => _stop.Cancel();

    public void Dispose()
    {
        Result?.Dispose();
        _stop.Dispose();
    }
}
