namespace Engine.Catalog;

/// <summary>How names meet what they stand for.</summary>
internal static class NameMatch
{
    /// <summary>Exactly the name, or the only one that differs by case: raw files and their catalogs have spellings of all kinds.</summary>
    public static T? Pick<T>(IEnumerable<T> entries, Func<T, string> nameOf, string name)
        where T : class
    {
        var near = entries.Where(entry => string.Equals(nameOf(entry), name, StringComparison.OrdinalIgnoreCase)).ToList();
        return near.FirstOrDefault(entry => nameOf(entry) == name) ?? (near.Count == 1 ? near[0] : null);
    }
}
