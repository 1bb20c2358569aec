using Engine.Catalog.Tpch.Random;
using Engine.Catalog.Tpch.Rows;
using Engine.Catalog.Tpch.Text;
using Engine.Core.Types;

namespace Engine.Catalog.Tpch.Tables;

/// <summary>Regions and nations: the same at every scale.</summary>
internal static class Nations
{
    private const int CommentLength = 72;

    private static readonly (string Name, int Region)[] All =
    [
        ("ALGERIA", 0), ("ARGENTINA", 1), ("BRAZIL", 1), ("CANADA", 1), ("EGYPT", 4), ("ETHIOPIA", 0), ("FRANCE", 3), ("GERMANY", 3), ("INDIA", 2),
        ("INDONESIA", 2), ("IRAN", 4), ("IRAQ", 4), ("JAPAN", 2), ("JORDAN", 4), ("KENYA", 0), ("MOROCCO", 0), ("MOZAMBIQUE", 0), ("PERU", 1),
        ("CHINA", 2), ("ROMANIA", 3), ("SAUDI ARABIA", 4), ("VIETNAM", 2), ("RUSSIA", 3), ("UNITED KINGDOM", 3), ("UNITED STATES", 1),
    ];

    private static readonly WordList Names = WordList.Of(All.Select(nation => nation.Name));

    /// <summary>The largest key of a nation; the least is 0.</summary>
    public static int MaxKey => All.Length - 1;

    public static TpchTable RegionTable { get; } = new TpchTable<RowBlock>(
        "region",
        _ => Vocabulary.Regions.Words.Length,
        rowsPerOwner: 1,
        place => place,
        place => new RowBlock(place),
        new("r_regionkey", DataType.Integer, regions => regions.Computed(DataType.Integer, row => regions.First + row)),
        new("r_name", DataType.Varchar, regions => regions.Words(Vocabulary.Regions, row => regions.First + row)),
        new("r_comment", DataType.Varchar, regions => regions.Comments(new RandomStream(1500869201, 2), CommentLength)));

    public static TpchTable NationTable { get; } = new TpchTable<RowBlock>(
        "nation",
        _ => All.Length,
        rowsPerOwner: 1,
        place => place,
        place => new RowBlock(place),
        new("n_nationkey", DataType.Integer, nations => nations.Computed(DataType.Integer, row => nations.First + row)),
        new("n_name", DataType.Varchar, nations => nations.Words(Names, row => nations.First + row)),
        new("n_regionkey", DataType.Integer, nations => nations.Computed(DataType.Integer, row => All[nations.First + row].Region)),
        new("n_comment", DataType.Varchar, nations => nations.Comments(new RandomStream(606179079, 2), CommentLength)));
}
