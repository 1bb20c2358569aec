using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Engine.Core.Types;

namespace Engine.Bench;

/// <summary>Whether two contenders gave the same answer: a time for a wrong answer means nothing.</summary>
internal static class AnswerCheck
{
    /// <exception cref="BenchException">The answers differ; the message has the first rows that do.</exception>
    public static void RequireEqual(BenchQuery query, ResultText ours, ResultText theirs)
    {
        var left = Canonical(ours, ours.Types, query.IsOrdered);
        var right = Canonical(theirs, ours.Types, query.IsOrdered);
        if (Checksum(left).AsSpan().SequenceEqual(Checksum(right)))
        {
            return;
        }

        var place = left.Zip(right).TakeWhile(pair => pair.First == pair.Second).Count();
        throw new BenchException(
            $"{query.Name}: the answers differ, {left.Count} rows and {right.Count}; at row {place + 1}\n  ours:   {left.ElementAtOrDefault(place)}\n  DuckDB: {right.ElementAtOrDefault(place)}");
    }

    /// <summary>One line a row; sorted unless the query says in which order they come.</summary>
    private static List<string> Canonical(ResultText result, IReadOnlyList<DataType?> types, bool isOrdered)
    {
        var lines = result.Rows.Select(row => string.Join('\t', row.Select((cell, column) => Cell(cell, types.ElementAtOrDefault(column))))).ToList();
        if (!isOrdered)
        {
            lines.Sort(StringComparer.Ordinal);
        }

        return lines;
    }

    /// <summary>Sums of floating point differ in their last digits with the order in which they are made.</summary>
    private static string Cell(string? cell, DataType? type) => cell switch
    {
        null => "\\N",
        _ when type?.Kind is TypeKind.Double or TypeKind.Real && double.TryParse(cell, CultureInfo.InvariantCulture, out var number) =>
            number.ToString("G11", CultureInfo.InvariantCulture),
        _ => cell,
    };

    private static byte[] Checksum(List<string> lines) => SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', lines)));
}
