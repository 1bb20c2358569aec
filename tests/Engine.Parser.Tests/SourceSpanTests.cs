using Engine.Core.Errors;

namespace Engine.Parser.Tests;

public sealed class SourceSpanTests
{
    [Fact]
    public void Covering_spans_both_in_any_order() =>
        SourceSpan.Covering(new SourceSpan(10, 5), new SourceSpan(2, 3)).ShouldBe(new SourceSpan(2, 13));
}
