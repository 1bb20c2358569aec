using System.Collections.Immutable;

namespace Engine.Core.Text.Regex;

/// <summary>What an instruction does.</summary>
internal enum RegexOperation : byte
{
    /// <summary>One byte.</summary>
    Byte,

    /// <summary>The text Texts[A].</summary>
    Text,

    /// <summary>A code point of Sets[A].</summary>
    Set,

    /// <summary>As many code points of Sets[A] as there are, from B to C, fewer when what follows does not match.</summary>
    SetLoop,

    /// <summary>The same, fewest first.</summary>
    LazySetLoop,

    /// <summary>Go to A; when that fails, to B.</summary>
    Split,

    /// <summary>Go to A.</summary>
    Jump,

    /// <summary>Remember the place in slot A.</summary>
    Save,

    /// <summary>Fail when the place is the one in slot A: a repetition that matched nothing would never end.</summary>
    Progress,

    /// <summary>Fail unless the assertion A holds.</summary>
    Assert,

    /// <summary>Done.</summary>
    Match,
}

/// <summary>One instruction.</summary>
internal readonly record struct RegexInstruction(RegexOperation Operation, int A = 0, int B = 0, int C = 0);

/// <summary>A compiled regular expression.</summary>
/// <param name="Instructions">From the first on.</param>
/// <param name="Sets">Of code points.</param>
/// <param name="Texts">Fixed texts.</param>
/// <param name="SlotCount">Places remembered: two a group, and one a repetition that may match nothing.</param>
/// <param name="CaptureSlotCount">The first of those, which belong to groups.</param>
internal sealed record RegexProgram(
    ImmutableArray<RegexInstruction> Instructions, ImmutableArray<CodePointSet> Sets, ImmutableArray<byte[]> Texts, int SlotCount, int CaptureSlotCount);
