namespace Engine.Slt;

/// <summary>What a record of a script expects.</summary>
internal enum SltExpectation
{
    Success,
    Error,
    Rows,
}

/// <summary>How rows are sorted before they are compared.</summary>
internal enum SltSort
{
    None,
    Rows,
    Values,
}

/// <summary>One statement of a script with what it is to give.</summary>
/// <param name="File">Path of the script.</param>
/// <param name="Line">Where the record starts.</param>
/// <param name="Expectation">Success, an error or rows.</param>
/// <param name="Sql">The statement.</param>
/// <param name="ErrorPattern">What the error's code and message match, when one is expected.</param>
/// <param name="Sort">How rows are brought into an order.</param>
/// <param name="Expected">The lines below the dashes.</param>
internal sealed record SltRecord(
    string File, int Line, SltExpectation Expectation, string Sql, string ErrorPattern, SltSort Sort, IReadOnlyList<string> Expected)
{
    public string Place => $"{File}:{Line}";
}
