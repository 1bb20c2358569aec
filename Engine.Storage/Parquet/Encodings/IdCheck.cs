using System.Numerics;
using System.Runtime.InteropServices;

namespace Engine.Storage.Parquet.Encodings;

/// <summary>Checks dictionary ids as a whole.</summary>
internal static class IdCheck
{
    /// <summary>The highest of unsigned ids; 0 of none.</summary>
    public static ulong Max<T>(ReadOnlySpan<T> ids)
        where T : unmanaged, IBinaryInteger<T>
    {
        var most = T.Zero;
        var vectors = MemoryMarshal.Cast<T, Vector<T>>(ids);
        if (vectors.Length > 0)
        {
            var highest = vectors[0];
            foreach (var vector in vectors[1..])
            {
                highest = Vector.Max(highest, vector);
            }

            for (var lane = 0; lane < Vector<T>.Count; lane++)
            {
                most = T.Max(most, highest[lane]);
            }
        }

        foreach (var id in ids[(vectors.Length * Vector<T>.Count)..])
        {
            most = T.Max(most, id);
        }

        return ulong.CreateTruncating(most);
    }
}
