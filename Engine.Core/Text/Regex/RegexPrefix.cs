using System.Text;

namespace Engine.Core.Text.Regex;

/// <summary>What can be said of a pattern before matching.</summary>
internal static class RegexPrefix
{
    /// <summary>The text that every match begins with.</summary>
    public static byte[] Find(RegexNode node) => node switch
    {
        LiteralNode literal => [.. literal.Bytes],
        CaptureNode capture => Find(capture.Item),
        SequenceNode sequence => FindInSequence(sequence),
        RepeatNode { Min: > 0 } repeat => Find(repeat.Item),
        _ => [],
    };

    public static bool IsAnchored(RegexNode node) => node switch
    {
        AssertionNode { Kind: RegexAssertion.TextStart } => true,
        CaptureNode capture => IsAnchored(capture.Item),
        SequenceNode sequence => IsAnchored(sequence.Items[0]),
        ChoiceNode choice => choice.Choices.All(IsAnchored),
        _ => false,
    };

    /// <summary>The pattern with every literal as a sequence of sets of one code point.</summary>
    public static RegexNode ToSets(RegexNode node) => node switch
    {
        LiteralNode literal => new SequenceNode(
            [.. Encoding.UTF8.GetString(literal.Bytes.AsSpan()).EnumerateRunes().Select(rune => new SetNode(CodePointSet.FromRanges([(rune.Value, rune.Value)])))]),
        CaptureNode capture => capture with { Item = ToSets(capture.Item) },
        SequenceNode sequence => new SequenceNode([.. sequence.Items.Select(ToSets)]),
        ChoiceNode choice => new ChoiceNode([.. choice.Choices.Select(ToSets)]),
        RepeatNode repeat => repeat with { Item = ToSets(repeat.Item) },
        _ => node,
    };

    private static byte[] FindInSequence(SequenceNode sequence)
    {
        var prefix = new List<byte>();
        foreach (var item in sequence.Items)
        {
            prefix.AddRange(Find(item));
            if (item is not LiteralNode)
            {
                break;
            }
        }

        return [.. prefix];
    }
}
