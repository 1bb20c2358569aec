using Xunit;

namespace Engine.TestKit;

/// <summary>A test that needs <see cref="SharedData"/>; it is skipped, with that reason, where the data is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedDataFactAttribute : FactAttribute
{
    public SharedDataFactAttribute()
    {
        if (SharedData.Folder is null)
        {
            Skip = "needs the foreign test files in ../shared/data";
        }
    }
}

/// <summary>As <see cref="SharedDataFactAttribute"/>, for tests with cases.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedDataTheoryAttribute : TheoryAttribute
{
    public SharedDataTheoryAttribute()
    {
        if (SharedData.Folder is null)
        {
            Skip = "needs the foreign test files in ../shared/data";
        }
    }
}
