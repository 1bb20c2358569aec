using Engine.Core.Functions;

namespace Engine.Core.Text;

/// <summary>What the text of a value depends on beside the value.</summary>
/// <param name="Zone">Instants are written as clocks in it show them.</param>
/// <param name="Objects">Gives the names of objects that are shown by name; without it they are numbers.</param>
public sealed record TextContext(TimeZoneInfo Zone, ICatalogObjects? Objects)
{
    public static readonly TextContext Utc = new(TimeZoneInfo.Utc, Objects: null);
}
