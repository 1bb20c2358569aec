using System.Collections.Immutable;

namespace Engine.Slt.Scripts;

/// <summary>A part of a script.</summary>
/// <param name="Line">Where it starts, from 1.</param>
/// <param name="Conditions">The skipif and onlyif lines before it.</param>
internal abstract record SltNode(int Line, ImmutableArray<SltCondition> Conditions);

/// <summary><c>skipif</c> (or <c>onlyif</c>) with an engine, a configuration, or a comparison of a loop's variable.</summary>
internal sealed record SltCondition(bool IsSkip, string Text);

/// <summary>A line that steers the run: <c>halt</c>, <c>mode skip</c>, <c>require json</c> ...</summary>
internal sealed record SltControl(int Line, ImmutableArray<SltCondition> Conditions, string Command, ImmutableArray<string> Arguments) : SltNode(Line, Conditions);

/// <summary>Records that are repeated.</summary>
/// <param name="Line">As in <see cref="SltNode"/>.</param>
/// <param name="Conditions">As in <see cref="SltNode"/>.</param>
/// <param name="Variable">What stands for the value in braces; several names, apart by commas, take the parts of a value.</param>
/// <param name="Values">The values; of a range, its first number and the one behind its last.</param>
/// <param name="IsRange">Whether it counts.</param>
/// <param name="IsConcurrent">Whether the turns are to run beside one another.</param>
/// <param name="Body">What is repeated.</param>
internal sealed record SltLoop(
    int Line, ImmutableArray<SltCondition> Conditions, string Variable, ImmutableArray<string> Values, bool IsRange, bool IsConcurrent, ImmutableArray<SltNode> Body)
    : SltNode(Line, Conditions);

/// <summary>One statement with what it is to give.</summary>
/// <param name="Line">As in <see cref="SltNode"/>.</param>
/// <param name="Conditions">As in <see cref="SltNode"/>.</param>
/// <param name="Expectation">Success, an error or rows.</param>
/// <param name="Sql">The statement.</param>
/// <param name="ErrorPattern">What the error's code and message match, where that is asked.</param>
/// <param name="Types">A letter for each column of a query.</param>
/// <param name="Sort">How rows are brought into an order.</param>
/// <param name="Label">Queries with one label give one result.</param>
/// <param name="Connection">The session it runs in, if not the first one.</param>
/// <param name="Expected">The lines below the dashes; null when there are no dashes.</param>
/// <param name="SqlEnd">The line behind the statement, from 1: where the dashes are or would be.</param>
internal sealed record SltRecord(
    int Line,
    ImmutableArray<SltCondition> Conditions,
    SltExpectation Expectation,
    string Sql,
    string ErrorPattern,
    string Types,
    SltSort Sort,
    string? Label,
    string? Connection,
    ImmutableArray<string>? Expected,
    int SqlEnd)
    : SltNode(Line, Conditions)
{
    public bool IsQuery => Expectation == SltExpectation.Rows;
}

/// <summary>What a record of a script expects.</summary>
internal enum SltExpectation
{
    Success,
    Error,

    /// <summary>Success or an error.</summary>
    Either,
    Rows,
}

/// <summary>How rows are sorted before they are compared.</summary>
internal enum SltSort
{
    None,
    Rows,
    Values,
}
