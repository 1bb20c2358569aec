using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Engine.Core.Errors;
using Engine.Core.Text;
using Engine.Server.Sessions;
using Engine.Slt.Answers;
using Engine.Slt.Scripts;

namespace Engine.Slt.Runs;

/// <summary>Runs the records of a script in an engine of its own and says how that went.</summary>
internal sealed class ScriptRun
{
    /// <summary>Requirements of DuckDB's scripts that are met here, or say nothing about the engine.</summary>
    private static readonly HashSet<string> Met = new(StringComparer.OrdinalIgnoreCase)
    {
        "parquet", "json", "core_functions", "icu", "64bit", "longdouble", "notwindows", "notmusl", "notmingw", "noforcestorage", "no_force_storage", "nothreadsan", "strinline", "vector_size",
        "no_alternative_verify", "no_vector_verification", "no_latest_storage", "skip_reload", "no_extension_autoloading", "ram", "disk_space",
    };

    private static readonly HashSet<string> Unsupported = new(StringComparer.Ordinal) { "load", "restart", "reconnect", "unzip", "include" };

    private readonly SltScript _script;
    private readonly RunOptions _options;
    private readonly EmbeddedEngine _engine;
    private readonly AnswerCheck _check;
    private readonly Variables _variables;
    private readonly Dictionary<string, Session> _sessions = new(StringComparer.Ordinal);
    private readonly Outcome _outcome = new();
    private int _skipDepth;
    private bool _isHalted;

    private ScriptRun(SltScript script, RunOptions options, EmbeddedEngine engine, string folder)
    {
        (_script, _options, _engine) = (script, options, engine);
        _check = new AnswerCheck(script.Flavour);
        _variables = new Variables(folder, options.DataFolder);
    }

    /// <summary>Told each query's answer, before it is checked.</summary>
    private Action<SltRecord, Answer>? Answered { get; init; }

    public static Outcome Run(SltScript script, RunOptions options, Action<SltRecord, Answer>? answered = null)
    {
        var folder = Directory.CreateTempSubdirectory("slt").FullName;
        try
        {
            // Disposing the engine fails when native memory is still out.
            using var engine = new EmbeddedEngine(options.Engine with { CatalogFolder = folder });
            return new ScriptRun(script, options, engine, folder) { Answered = answered }.Run();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private Outcome Run()
    {
        if (SkipReason() is { } reason)
        {
            _outcome.SkipReason = reason;
            Skip(_script.All);
            return _outcome;
        }

        try
        {
            Run(_script.Nodes);
        }
        finally
        {
            foreach (var session in _sessions.Values)
            {
                session.Dispose();
            }
        }

        return _outcome;
    }

    private string? SkipReason()
    {
        var depth = 0;
        foreach (var node in _script.All)
        {
            switch (node)
            {
                case SltControl { Command: "halt" }:
                    return null;
                case SltControl { Command: "mode", Arguments: ["skip", ..] }:
                    depth++;
                    break;
                case SltControl { Command: "mode", Arguments: ["unskip", ..] }:
                    depth--;
                    break;
                case SltControl control when depth == 0 && Unsupported.Contains(control.Command):
                    return $"uses {control.Command}";
                case SltControl { Command: "require", Arguments: [var need, ..] } when depth == 0 && !Met.Contains(need):
                    return $"requires {need}";
                case SltControl { Command: "require-env", Arguments: [var name, ..] } when depth == 0 && Environment.GetEnvironmentVariable(name) is null:
                    return $"requires the variable {name}";
                case SltLoop { IsConcurrent: true } when depth == 0:
                    return "uses concurrent loops";
            }
        }

        return null;
    }

    /// <summary>Whether the loop this is in is to go on with its next turn.</summary>
    private bool Run(ImmutableArray<SltNode> nodes)
    {
        foreach (var node in nodes)
        {
            if (_isHalted || (node is SltRecord && (_skipDepth > 0 || !Holds(node.Conditions))))
            {
                Skip([node]);
                continue;
            }

            switch (node)
            {
                case SltLoop loop:
                    RunLoop(loop);
                    break;
                case SltControl { Command: "continue" } when Holds(node.Conditions):
                    return true;
                case SltControl control:
                    Steer(control);
                    break;
                case SltRecord record when record.IsQuery && _options.Lines?.Contains(record.Line) == false:
                    _outcome.Queries.Skipped++;
                    break;
                case SltRecord record:
                    var sql = _variables.ReplaceInSql(record.Sql);
                    var complaint = Check(record, sql);
                    _outcome.Add(record.IsQuery, complaint is null ? null : new Failure(_script.Name, record.Line, record.IsQuery, sql, complaint));
                    break;
            }
        }

        return false;
    }

    private void RunLoop(SltLoop loop)
    {
        var values = loop.IsRange
            ? Enumerable.Range(Number(loop.Values[0]), Math.Max(0, Number(loop.Values[1]) - Number(loop.Values[0]))).Select(value => value.ToString(CultureInfo.InvariantCulture))
            : _variables.Values(loop.Values);
        var names = loop.Variable.Split(',');
        foreach (var value in values.ToList())
        {
            foreach (var (name, part) in names.Zip(names.Length > 1 ? value.Split(',') : [value]))
            {
                _variables.Set(name, part);
            }

            Run(loop.Body);
        }
    }

    private int Number(string text) => int.Parse(_variables.Replace(text), CultureInfo.InvariantCulture);

    private void Steer(SltControl control)
    {
        switch (control)
        {
            case { Command: "halt" }:
                _isHalted = Holds(control.Conditions);
                break;
            case { Command: "mode", Arguments: ["skip", ..] }:
                _skipDepth++;
                break;
            case { Command: "mode", Arguments: ["unskip", ..] }:
                _skipDepth = Math.Max(0, _skipDepth - 1);
                break;
            case { Command: "set", Arguments: ["variable", var name, var value, ..] }:
                _variables.Set(name, value);
                break;
            case { Command: "test-env", Arguments: [var name, .. var value] } when _variables[name] is null:
                _variables.Set(name, string.Join(' ', value));
                break;
        }
    }

    private void Skip(IEnumerable<SltNode> nodes)
    {
        foreach (var record in nodes.OfType<SltRecord>())
        {
            (record.IsQuery ? _outcome.Queries : _outcome.Statements).Skipped++;
        }

        foreach (var loop in nodes.OfType<SltLoop>().Where(_ => _isHalted))
        {
            Skip(loop.Body);
        }
    }

    private bool Holds(ImmutableArray<SltCondition> conditions) => conditions.All(condition => Names(condition.Text) != condition.IsSkip);

    /// <summary>Whether a condition's text names this engine or this turn of a loop.</summary>
    private bool Names(string text)
    {
        var comparison = Regex.Match(text, @"^(?<name>\S+?)\s*(?<operator><>|>=|<=|=|<|>)\s*(?<limit>.*)$", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
        if (!comparison.Success)
        {
            return text.Split(',', StringSplitOptions.TrimEntries).Any(name => _options.Names.Contains(name, StringComparer.OrdinalIgnoreCase));
        }

        var (value, limit) = (_variables[comparison.Groups["name"].Value], comparison.Groups["limit"].Value);
        var order = double.TryParse(value, CultureInfo.InvariantCulture, out var a) && double.TryParse(limit, CultureInfo.InvariantCulture, out var b) ? a.CompareTo(b) : (int?)null;
        return comparison.Groups["operator"].Value switch
        {
            "=" => value == limit,
            "<>" => value != limit,
            "<" => order < 0,
            "<=" => order <= 0,
            ">" => order > 0,
            _ => order >= 0,
        };
    }

    private Session SessionOf(SltRecord record)
    {
        var name = record.Connection ?? string.Empty;
        if (!_sessions.TryGetValue(name, out var session))
        {
            session = _engine.OpenSession();
            session.Settings.Set("disabled_rules", _options.DisabledRules, span: null);
            _sessions.Add(name, session);
        }

        return session;
    }

    private string? Check(SltRecord record, string sql)
    {
        using var timeout = new CancellationTokenSource(_options.Timeout);
        Answer answer;
        try
        {
            answer = Answer.Of(sql, SessionOf(record), _script.Flavour == SltFlavour.DuckDb ? DuckDbText.Of : ColumnText.ToString, timeout.Token);
        }
        catch (QueryException error) when (!timeout.IsCancellationRequested)
        {
            var text = $"{error.Code.SqlState}: {error.Message}";
            return record.Expectation switch
            {
                SltExpectation.Either => null,
                SltExpectation.Error when Regex.IsMatch(text, record.ErrorPattern, RegexOptions.None, TimeSpan.FromSeconds(1)) => null,
                SltExpectation.Error => $"error {text}, expected error {record.ErrorPattern}",
                _ => $"error {text}",
            };
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            return timeout.IsCancellationRequested ? $"no end within {_options.Timeout.TotalSeconds} s" : $"internal error {error}";
        }

        if (record.Expectation == SltExpectation.Error)
        {
            return $"no error, expected {record.ErrorPattern}";
        }

        if (!record.IsQuery)
        {
            return null;
        }

        Answered?.Invoke(record, answer);
        return _check.Complaint(record, record.Expected is { } lines ? [.. lines.Select(_variables.Replace)] : null, answer);
    }
}
