using System.Collections.Immutable;

namespace Engine.Slt.Scripts;

/// <summary>A script that was read.</summary>
/// <param name="Name">Its path, as messages give it.</param>
/// <param name="Flavour">How it is to be understood.</param>
/// <param name="Nodes">Its parts, in order.</param>
internal sealed record SltScript(string Name, SltFlavour Flavour, ImmutableArray<SltNode> Nodes)
{
    /// <summary>All nodes with those in loops, in order.</summary>
    public IEnumerable<SltNode> All => Flatten(Nodes);

    private static IEnumerable<SltNode> Flatten(IEnumerable<SltNode> nodes) =>
        nodes.SelectMany(node => node is SltLoop loop ? Flatten(loop.Body).Prepend(loop) : [node]);
}
