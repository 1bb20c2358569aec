using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Text;
using Engine.Core.Types;
using Engine.Server.Sessions;

namespace Engine.Slt.Answers;

/// <summary>The rows of a statement as text.</summary>
/// <param name="Types">The columns' types.</param>
/// <param name="Rows">The values by row; null is NULL.</param>
internal sealed record Answer(ImmutableArray<DataType> Types, List<string?[]> Rows)
{
    public static readonly Answer None = new([], []);

    /// <summary>Runs all statements of a text; the answer is that of the last one with rows.</summary>
    /// <param name="sql">The text.</param>
    /// <param name="session">Where it runs.</param>
    /// <param name="cell">Writes a value of a column.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static Answer Of(string sql, Session session, Func<Column, int, TextContext, string?> cell, CancellationToken cancellationToken)
    {
        var answer = None;
        foreach (var statement in Session.Parse(sql))
        {
            using var result = session.Execute(statement, cancellationToken);
            if (result.Schema is not { } schema)
            {
                continue;
            }

            answer = new Answer([.. schema.Fields.Select(field => field.Type)], []);
            while (result.Next() is { } batch)
            {
                using (batch)
                {
                    var places = batch.Selection is { } selection ? selection.Rows.ToArray() : Enumerable.Range(0, batch.RowCount).ToArray();
                    answer.Rows.AddRange(places.Select(row => batch.Columns.Select(column => cell(column, row, result.TextContext)).ToArray()));
                }
            }
        }

        return answer;
    }
}
