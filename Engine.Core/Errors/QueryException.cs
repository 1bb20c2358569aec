namespace Engine.Core.Errors;

/// <summary>
/// The one exception that a user ever sees. The message is one line, starts in lower case, carries the offending value and has no final
/// period; the hint is a sentence. <see cref="Span"/> points into the statement's text where the error has a place there.
/// </summary>
public sealed class QueryException : Exception
{
    public QueryException(ErrorCode code, string message, SourceSpan? span = null, string? hint = null, Exception? cause = null)
        : base(message, cause)
    {
        Code = code;
        Span = span;
        Hint = hint;
    }

    public ErrorCode Code { get; }

    public SourceSpan? Span { get; }

    public string? Hint { get; }

    /// <summary>The same error with a place in the statement, for layers below the binder that do not know it.</summary>
    public QueryException At(SourceSpan? span) => Span is not null || span is null ? this : new QueryException(Code, Message, span, Hint, this);

    /// <summary>The error for what the grammar or the type system knows and this version does not run yet.</summary>
    public static QueryException NotSupportedYet(string what, SourceSpan? span = null) =>
        new(ErrorCodes.FeatureNotSupported, $"not supported yet: {what}", span);
}
