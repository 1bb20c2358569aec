using Engine.TestKit;

namespace Engine.Storage.Tests.ArrowIpc;

/// <summary>Arrow's own JavaScript library, behind peer.mjs.</summary>
internal static class ApacheArrow
{
    private static readonly NpmFolder Peer = new(Path.Combine("ArrowIpc", "apache-arrow"), "apache-arrow");

    public static string? Missing => Peer.Missing;

    public static string Run(params string[] arguments) => Peer.Run("peer.mjs", arguments);
}

/// <summary>A test with Arrow's own JavaScript library; skipped, with the reason, where it cannot be had.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ApacheArrowTheoryAttribute : TheoryAttribute
{
    public ApacheArrowTheoryAttribute() => Skip = ApacheArrow.Missing;
}
