using Engine.Core.Types;

namespace Engine.Bench;

/// <summary>An engine that is measured.</summary>
internal interface IContender : IDisposable
{
    string Name { get; }

    /// <summary>Runs a query and takes every batch of its result, without looking at the values.</summary>
    /// <returns>How many rows came.</returns>
    long Run(string sql);

    /// <summary>The rows of the result as text, for comparison with the other contender's.</summary>
    ResultText Read(string sql);
}

/// <summary>A result as text cells; null is NULL.</summary>
internal sealed record ResultText(IReadOnlyList<string> Columns, IReadOnlyList<DataType?> Types, IReadOnlyList<string?[]> Rows);
