using System.Collections.Immutable;

namespace Engine.Slt.Scripts;

/// <summary>Reads scripts in the sqllogictest format: records apart by empty lines, comments behind #.</summary>
/// <remarks>The format is SQLite's (sqlite.org/sqllogictest), the additions are those that DuckDB documents for its own runner.</remarks>
internal sealed class SltReader
{
    private static readonly HashSet<string> Controls = new(StringComparer.Ordinal)
    {
        "hash-threshold", "halt", "mode", "set", "reset", "require", "require-env", "test-env", "load", "restart", "reconnect", "sleep", "unzip", "tags", "continue", "include",
    };

    private readonly string _name;
    private readonly SltFlavour _flavour;
    private readonly string[] _lines;
    private int _next;

    private SltReader(string name, SltFlavour flavour, string text)
    {
        _name = name;
        _flavour = flavour;
        _lines = text.ReplaceLineEndings("\n").Split('\n');
    }

    /// <exception cref="FormatException">The text is no script; the message says where.</exception>
    public static SltScript Read(string name, SltFlavour flavour, string text)
    {
        var reader = new SltReader(name, flavour, text);
        return new SltScript(name, flavour, reader.ReadNodes(isLoop: false));
    }

    private ImmutableArray<SltNode> ReadNodes(bool isLoop)
    {
        var nodes = ImmutableArray.CreateBuilder<SltNode>();
        var conditions = ImmutableArray<SltCondition>.Empty;
        while (_next < _lines.Length)
        {
            var words = _lines[_next].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0 || words[0].StartsWith('#'))
            {
                conditions = words.Length == 0 ? [] : conditions;
                _next++;
                continue;
            }

            switch (words[0])
            {
                case "skipif" or "onlyif":
                    conditions = conditions.Add(new SltCondition(words[0] == "skipif", string.Join(' ', words.Skip(1).TakeWhile(word => !word.StartsWith('#')))));
                    _next++;
                    continue;
                case "statement" or "query":
                    nodes.Add(ReadRecord(words, conditions));
                    break;
                case "loop" or "foreach" or "concurrentloop" or "concurrentforeach":
                    nodes.Add(ReadLoop(words, conditions));
                    break;
                case "endloop" when isLoop:
                    _next++;
                    return nodes.DrainToImmutable();
                case var command when Controls.Contains(command):
                    nodes.Add(new SltControl(_next + 1, conditions, command, [.. words.Skip(1)]));
                    _next++;
                    break;
                default:
                    throw new FormatException($"{_name}:{_next + 1}: unknown record: {_lines[_next]}");
            }

            conditions = [];
        }

        return isLoop ? throw new FormatException($"{_name}: a loop without endloop") : nodes.DrainToImmutable();
    }

    private SltLoop ReadLoop(string[] words, ImmutableArray<SltCondition> conditions)
    {
        var line = ++_next;
        return new SltLoop(line, conditions, words[1], [.. words.Skip(2)], words[0].EndsWith("loop", StringComparison.Ordinal), words[0].StartsWith("concurrent", StringComparison.Ordinal), ReadNodes(isLoop: true));
    }

    private SltRecord ReadRecord(string[] words, ImmutableArray<SltCondition> conditions)
    {
        var header = _lines[_next++];
        var line = _next;
        var sql = new List<string>();
        while (_next < _lines.Length && _lines[_next].Trim().Length > 0 && _lines[_next] != "----" && !(_flavour == SltFlavour.DuckDb && _lines[_next].StartsWith('#')))
        {
            sql.Add(_lines[_next++]);
        }

        var sqlEnd = _next + 1;
        ImmutableArray<string>? expected = null;
        if (_next < _lines.Length && _lines[_next] == "----")
        {
            _next++;
            var start = _next;
            while (_next < _lines.Length && _lines[_next].Length > 0)
            {
                _next++;
            }

            expected = [.. _lines[start.._next]];
        }

        var expectation = words[0] == "query" ? SltExpectation.Rows : words.ElementAtOrDefault(1) switch
        {
            "error" => SltExpectation.Error,
            "maybe" => SltExpectation.Either,
            _ => SltExpectation.Success,
        };
        var isNativeError = _flavour == SltFlavour.Native && expectation == SltExpectation.Error;
        var hasTypes = words.Length > 1 && SortOf(words[1]) is null;
        var rest = isNativeError ? [] : words.Skip(hasTypes ? 2 : 1).TakeWhile(word => !word.StartsWith('#')).ToList();
        var sort = SortOf(rest.FirstOrDefault());
        if (sort is not null)
        {
            rest.RemoveAt(0);
        }

        // Behind DuckDB's types stands a sort mode or the connection, behind the sort mode the label.
        var connection = _flavour == SltFlavour.DuckDb && sort is null ? rest.FirstOrDefault() : null;
        return new SltRecord(
            line,
            conditions,
            expectation,
            string.Join('\n', sql),
            isNativeError ? header[(header.IndexOf("error", StringComparison.Ordinal) + "error".Length)..].Trim() : string.Empty,
            expectation == SltExpectation.Rows && hasTypes ? words[1] : string.Empty,
            sort ?? SltSort.None,
            expectation == SltExpectation.Rows && connection is null ? rest.FirstOrDefault() : null,
            connection,
            expected,
            sqlEnd);
    }

    private static SltSort? SortOf(string? word) => word switch
    {
        "rowsort" or "sort" => SltSort.Rows,
        "valuesort" => SltSort.Values,
        "nosort" or "none" => SltSort.None,
        _ => null,
    };
}
