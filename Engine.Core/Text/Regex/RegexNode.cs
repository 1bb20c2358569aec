using System.Collections.Immutable;

namespace Engine.Core.Text.Regex;

/// <summary>A parsed regular expression.</summary>
internal abstract record RegexNode;

/// <summary>Matches nothing, which is everywhere.</summary>
internal sealed record EmptyNode : RegexNode;

/// <summary>One code point of a set.</summary>
internal sealed record SetNode(CodePointSet Set) : RegexNode;

/// <summary>A fixed text in UTF-8.</summary>
internal sealed record LiteralNode(ImmutableArray<byte> Bytes) : RegexNode;

/// <summary>One after the other.</summary>
internal sealed record SequenceNode(ImmutableArray<RegexNode> Items) : RegexNode;

/// <summary>One of several, the earlier preferred.</summary>
internal sealed record ChoiceNode(ImmutableArray<RegexNode> Choices) : RegexNode;

/// <summary>Repetition; a <paramref name="Max"/> of -1 is without limit.</summary>
internal sealed record RepeatNode(RegexNode Item, int Min, int Max, bool IsGreedy) : RegexNode;

/// <summary>A group whose place is remembered.</summary>
internal sealed record CaptureNode(RegexNode Item, int Group) : RegexNode;

/// <summary>A condition on a place.</summary>
internal sealed record AssertionNode(RegexAssertion Kind) : RegexNode;

/// <summary>Conditions on a place in the text.</summary>
internal enum RegexAssertion
{
    TextStart,
    TextEnd,
    TextEndOrLastLineFeed,
    LineStart,
    LineEnd,
    WordBoundary,
    NoWordBoundary,
    WordStart,
    WordEnd,
}
