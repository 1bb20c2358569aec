namespace Engine.Core.Types;

/// <summary>A type without parameters. The instances are the static fields of <see cref="DataType"/>.</summary>
public sealed record PrimitiveType : DataType
{
    private readonly string _name;
    private readonly ColumnLayout _layout;
    private readonly int _byteWidth;

    internal PrimitiveType(TypeKind kind, string name, ColumnLayout layout, int byteWidth)
        : base(kind)
    {
        _name = name;
        _layout = layout;
        _byteWidth = byteWidth;
    }

    public override ColumnLayout Layout => _layout;

    public override int ByteWidth => _byteWidth;

    public override string ToString() => _name;
}
