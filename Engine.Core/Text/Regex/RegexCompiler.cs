using System.Diagnostics;
using Engine.Core.Errors;

namespace Engine.Core.Text.Regex;

/// <summary>Turns a parsed expression into instructions.</summary>
/// <param name="groupCount">Groups, the whole match included.</param>
/// <param name="hasLoops">Whether repetitions of single code points are one instruction, which only the backtracking matcher knows.</param>
internal sealed class RegexCompiler(int groupCount, bool hasLoops)
{
    private const int MaxInstructions = 100_000;

    private readonly List<RegexInstruction> _code = [];
    private readonly List<CodePointSet> _sets = [];
    private readonly List<byte[]> _texts = [];
    private int _slots = groupCount * 2;

    public RegexProgram Compile(RegexNode node)
    {
        Emit(new CaptureNode(node, 0));
        Add(new RegexInstruction(RegexOperation.Match));
        return new RegexProgram([.. _code], [.. _sets], [.. _texts], _slots, groupCount * 2);
    }

    private int Add(RegexInstruction instruction)
    {
        if (_code.Count >= MaxInstructions)
        {
            throw new QueryException(ErrorCodes.InvalidRegularExpression, "invalid regular expression: its repetitions make it too large");
        }

        _code.Add(instruction);
        return _code.Count - 1;
    }

    private int AddSet(CodePointSet set)
    {
        var place = _sets.IndexOf(set);
        if (place < 0)
        {
            place = _sets.Count;
            _sets.Add(set);
        }

        return place;
    }

    private void Emit(RegexNode node)
    {
        switch (node)
        {
            case EmptyNode:
                break;
            case LiteralNode { Bytes: [var single] }:
                Add(new RegexInstruction(RegexOperation.Byte, single));
                break;
            case LiteralNode literal:
                _texts.Add([.. literal.Bytes]);
                Add(new RegexInstruction(RegexOperation.Text, _texts.Count - 1));
                break;
            case SetNode set:
                Add(new RegexInstruction(RegexOperation.Set, AddSet(set.Set)));
                break;
            case SequenceNode sequence:
                foreach (var item in sequence.Items)
                {
                    Emit(item);
                }

                break;
            case ChoiceNode choice:
                EmitChoice(choice);
                break;
            case RepeatNode repeat:
                EmitRepeat(repeat);
                break;
            case CaptureNode capture:
                Add(new RegexInstruction(RegexOperation.Save, capture.Group * 2));
                Emit(capture.Item);
                Add(new RegexInstruction(RegexOperation.Save, (capture.Group * 2) + 1));
                break;
            case AssertionNode assertion:
                Add(new RegexInstruction(RegexOperation.Assert, (int)assertion.Kind));
                break;
            default:
                throw new UnreachableException(node.GetType().Name);
        }
    }

    private void EmitChoice(ChoiceNode choice)
    {
        var jumps = new List<int>();
        for (var i = 0; i < choice.Choices.Length - 1; i++)
        {
            var split = Add(default);
            Emit(choice.Choices[i]);
            jumps.Add(Add(default));
            _code[split] = new RegexInstruction(RegexOperation.Split, split + 1, _code.Count);
        }

        Emit(choice.Choices[^1]);
        foreach (var jump in jumps)
        {
            _code[jump] = new RegexInstruction(RegexOperation.Jump, _code.Count);
        }
    }

    private void EmitRepeat(RepeatNode repeat)
    {
        if (hasLoops && AsSingle(repeat.Item) is { } set)
        {
            Add(new RegexInstruction(
                repeat.IsGreedy ? RegexOperation.SetLoop : RegexOperation.LazySetLoop, AddSet(set), repeat.Min, repeat.Max < 0 ? int.MaxValue : repeat.Max));
            return;
        }

        for (var i = 0; i < repeat.Min; i++)
        {
            Emit(repeat.Item);
        }

        if (repeat.Max < 0)
        {
            EmitStar(repeat);
            return;
        }

        var splits = new List<int>();
        for (var i = repeat.Min; i < repeat.Max; i++)
        {
            splits.Add(Add(default));
            Emit(repeat.Item);
        }

        foreach (var split in splits)
        {
            _code[split] = Split(split + 1, _code.Count, repeat.IsGreedy);
        }
    }

    private void EmitStar(RepeatNode repeat)
    {
        var split = Add(default);
        var mayBeEmpty = MayBeEmpty(repeat.Item);
        var slot = mayBeEmpty ? _slots++ : 0;
        if (mayBeEmpty)
        {
            Add(new RegexInstruction(RegexOperation.Save, slot));
        }

        Emit(repeat.Item);
        if (mayBeEmpty)
        {
            Add(new RegexInstruction(RegexOperation.Progress, slot));
        }

        Add(new RegexInstruction(RegexOperation.Jump, split));
        _code[split] = Split(split + 1, _code.Count, repeat.IsGreedy);
    }

    private static RegexInstruction Split(int body, int after, bool isGreedy) =>
        isGreedy ? new RegexInstruction(RegexOperation.Split, body, after) : new RegexInstruction(RegexOperation.Split, after, body);

    private static CodePointSet? AsSingle(RegexNode node) => node switch
    {
        SetNode set => set.Set,
        LiteralNode { Bytes: [< 128 and var single] } => CodePointSet.FromRanges([(single, single)]),
        _ => null,
    };

    private static bool MayBeEmpty(RegexNode node) => node switch
    {
        EmptyNode or AssertionNode => true,
        SequenceNode sequence => sequence.Items.All(MayBeEmpty),
        ChoiceNode choice => choice.Choices.Any(MayBeEmpty),
        RepeatNode repeat => repeat.Min == 0 || MayBeEmpty(repeat.Item),
        CaptureNode capture => MayBeEmpty(capture.Item),
        _ => false,
    };
}
