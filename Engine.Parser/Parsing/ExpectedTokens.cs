using Antlr4.Runtime;
using Antlr4.Runtime.Atn;
using Engine.Parser.Generated;
using Engine.Parser.Tokens;

namespace Engine.Parser.Parsing;

/// <summary>
/// Finds the token that no continuation of the grammar can place, and what could have stood there. It walks the parser's automaton from the
/// place of the failure along all paths at once, as the prediction did, and stops before the token that ends them all. Rules with a name that a
/// reader knows ("an expression") count as one thing.
/// </summary>
internal sealed class ExpectedTokens
{
    private static readonly Dictionary<int, string> NamedRules = new()
    {
        [SqlGrammar.RULE_statement] = "a statement",
        [SqlGrammar.RULE_explainable] = "a statement",
        [SqlGrammar.RULE_dataStatement] = "a query",
        [SqlGrammar.RULE_query] = "a query",
        [SqlGrammar.RULE_queryNoWith] = "a query",
        [SqlGrammar.RULE_queryBody] = "a query",
        [SqlGrammar.RULE_queryPrimary] = "a query",
        [SqlGrammar.RULE_expression] = "an expression",
        [SqlGrammar.RULE_valueExpression] = "an expression",
        [SqlGrammar.RULE_primary] = "an expression",
        [SqlGrammar.RULE_simplePrimary] = "an expression",
        [SqlGrammar.RULE_selectItem] = "an expression",
        [SqlGrammar.RULE_argument] = "an expression",
        [SqlGrammar.RULE_relation] = "a table",
        [SqlGrammar.RULE_tableFactor] = "a table",
        [SqlGrammar.RULE_relationPrimary] = "a table",
        [SqlGrammar.RULE_typeName] = "a type",
        [SqlGrammar.RULE_scalarType] = "a type",
        [SqlGrammar.RULE_identifier] = "an identifier",
        [SqlGrammar.RULE_plainIdentifier] = "an identifier",
        [SqlGrammar.RULE_qualifiedName] = "a name",
        [SqlGrammar.RULE_label] = "an identifier",
        [SqlGrammar.RULE_bareLabel] = "an alias",
        [SqlGrammar.RULE_tableAliasName] = "an alias",
        [SqlGrammar.RULE_literal] = "a constant",
        [SqlGrammar.RULE_parameter] = "a parameter",
        [SqlGrammar.RULE_stringLiteral] = "a string",
        [SqlGrammar.RULE_number] = "a number",
        [SqlGrammar.RULE_comparisonOperator] = "an operator",
        [SqlGrammar.RULE_infixOperator] = "an operator",
        [SqlGrammar.RULE_optionValue] = "a value",
        [SqlGrammar.RULE_settingValue] = "a value",
        [SqlGrammar.RULE_intervalField] = "an interval field",
        [SqlGrammar.RULE_joinType] = "JOIN",
    };

    private readonly SqlToken[] _tokens;
    private readonly Dictionary<(int State, Frame? Parent), Frame> _frames = [];
    private readonly HashSet<(int State, Frame? Stack)> _visited = [];

    private ExpectedTokens(SqlToken[] tokens) => _tokens = tokens;

    /// <summary>The index of the offending token, and what was expected instead of it, unordered: token types and names of rules.</summary>
    public static (int TokenIndex, HashSet<int> Types, HashSet<string> Rules) Find(SqlToken[] tokens, ParseFailure failure, int entryRule) =>
        new ExpectedTokens(tokens).Find(failure, entryRule);

    private (int TokenIndex, HashSet<int> Types, HashSet<string> Rules) Find(ParseFailure failure, int entryRule)
    {
        var start = failure.State >= 0 ? failure.State : SqlGrammar._ATN.ruleToStartState[entryRule].stateNumber;
        var current = new HashSet<(int State, Frame? Stack)> { (start, StackOf(failure.Context)) };
        var index = failure.TokenIndex;
        while (index < _tokens.Length)
        {
            var next = new HashSet<(int State, Frame? Stack)>();
            _visited.Clear();
            foreach (var (state, stack) in current)
            {
                Close(SqlGrammar._ATN.states[state], stack, _tokens[index].Type, next);
            }

            if (next.Count == 0)
            {
                break;
            }

            current = next;
            index++;
        }

        var types = new HashSet<int>();
        var rules = new HashSet<string>(StringComparer.Ordinal);
        _visited.Clear();
        foreach (var (state, stack) in current)
        {
            Collect(SqlGrammar._ATN.states[state], stack, types, rules);
        }

        return (Math.Min(index, _tokens.Length - 1), types, rules);
    }

    // All states from which the token leads on.
    private void Close(ATNState state, Frame? stack, int type, HashSet<(int State, Frame? Stack)> next)
    {
        if (!_visited.Add((state.stateNumber, stack)))
        {
            return;
        }

        if (state is RuleStopState)
        {
            if (stack is not null)
            {
                Close(SqlGrammar._ATN.states[stack.State], stack.Parent, type, next);
            }

            return;
        }

        for (var i = 0; i < state.NumberOfTransitions; i++)
        {
            var transition = state.Transition(i);
            if (transition is RuleTransition call)
            {
                Close(call.target, Push(call.followState.stateNumber, stack), type, next);
            }
            else if (transition.IsEpsilon)
            {
                Close(transition.target, stack, type, next);
            }
            else if (transition.Matches(type, TokenConstants.MinUserTokenType, SqlGrammar._ATN.maxTokenType))
            {
                next.Add((transition.target.stateNumber, stack));
            }
        }
    }

    private void Collect(ATNState state, Frame? stack, HashSet<int> types, HashSet<string> rules)
    {
        if (!_visited.Add((state.stateNumber, stack)))
        {
            return;
        }

        if (state is RuleStopState)
        {
            if (stack is not null)
            {
                Collect(SqlGrammar._ATN.states[stack.State], stack.Parent, types, rules);
            }

            return;
        }

        for (var i = 0; i < state.NumberOfTransitions; i++)
        {
            var transition = state.Transition(i);
            if (transition is RuleTransition call)
            {
                if (NamedRules.TryGetValue(call.ruleIndex, out var name))
                {
                    rules.Add(name);
                }
                else
                {
                    Collect(call.target, Push(call.followState.stateNumber, stack), types, rules);
                }
            }
            else if (transition.IsEpsilon)
            {
                Collect(transition.target, stack, types, rules);
            }
            else
            {
                types.UnionWith(transition.Label.ToList());
            }
        }
    }

    private Frame? StackOf(RuleContext? context)
    {
        if (context is null || context.invokingState < 0)
        {
            return null;
        }

        var call = (RuleTransition)SqlGrammar._ATN.states[context.invokingState].Transition(0);
        return Push(call.followState.stateNumber, StackOf(context.Parent));
    }

    // One frame per (state, parent): frames are compared by reference.
    private Frame Push(int state, Frame? parent)
    {
        if (!_frames.TryGetValue((state, parent), out var frame))
        {
            frame = new Frame(state, parent);
            _frames.Add((state, parent), frame);
        }

        return frame;
    }

    private sealed class Frame(int state, Frame? parent)
    {
        public int State { get; } = state;

        public Frame? Parent { get; } = parent;
    }
}
