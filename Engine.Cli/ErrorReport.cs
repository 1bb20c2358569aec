using Engine.Core.Errors;
using Engine.Parser;

namespace Engine.Cli;

/// <summary>Errors as psql shows them: message, the line with a caret, hint.</summary>
internal static class ErrorReport
{
    public static void Write(QueryException error, string sql)
    {
        Console.Error.WriteLine($"ERROR: {error.Message}");
        if (error.Span is { } span)
        {
            Console.Error.WriteLine(SourceExcerpt.At(sql, span));
        }

        if (error.Hint is { } hint)
        {
            Console.Error.WriteLine($"HINT: {hint}");
        }

        if (error.Code.Source == ErrorSource.Internal && Environment.GetEnvironmentVariable("QE_DEBUG") is not null)
        {
            Console.Error.WriteLine(error.InnerException);
        }
    }
}
