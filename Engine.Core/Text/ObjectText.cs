using System.Text;
using Engine.Core.Types;

namespace Engine.Core.Text;

/// <summary>The text of object identifiers: the name of what they identify, where the type says what that is; else the number.</summary>
internal static class ObjectText
{
    private const int MaxDigits = 20;

    public static void Write(OidClass kind, long oid, ByteWriter writer)
    {
        var hasName = kind is not (OidClass.Any or OidClass.Transaction);
        if (hasName && oid == 0)
        {
            writer.Add((byte)'-');
        }
        else if (hasName && writer.Objects?.NameOf(kind, oid) is { } name)
        {
            writer.Add(Encoding.UTF8.GetBytes(name));
        }
        else
        {
            writer.Advance(IntegerText.Format(oid, writer.GetSpan(MaxDigits)));
        }
    }
}
