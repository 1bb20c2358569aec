namespace Engine.Core.Functions;

/// <summary>The sequences as one session sees them, by their names as SQL has them: <c>s</c>, <c>schema.s</c>, <c>"S"</c>.</summary>
public interface ISequences
{
    /// <summary>The next number of a sequence.</summary>
    /// <exception cref="Errors.QueryException">42P01 when there is no such sequence, 2200H when it is at its end.</exception>
    long Next(string name);

    /// <summary>The number that <see cref="Next"/> gave last in this session.</summary>
    /// <exception cref="Errors.QueryException">55000 when it has given none.</exception>
    long Current(string name);

    /// <summary>The number that <see cref="Next"/> gave last in this session, of whatever sequence.</summary>
    /// <exception cref="Errors.QueryException">55000 when it has given none.</exception>
    long Last();

    /// <summary>Says where a sequence goes on.</summary>
    /// <param name="name">Of the sequence.</param>
    /// <param name="number">The number.</param>
    /// <param name="isGiven">Whether the number itself is used already.</param>
    void Set(string name, long number, bool isGiven);
}
