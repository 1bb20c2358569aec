using Engine.Catalog.Tpch.Random;
using Engine.Catalog.Tpch.Rows;
using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Types;

namespace Engine.Catalog.Tpch.Tables;

/// <summary>Suppliers; a few have complaints or recommendations in their comments.</summary>
internal static class Suppliers
{
    private const int MinBalance = -99999;
    private const int MaxBalance = 999999;
    private const int CommentLength = 63;

    /// <summary>Of so many suppliers ten have a remark in their comment, and half of these complain.</summary>
    private const int RemarkRange = 10_000;

    private const int RemarksInRange = 10;
    private const int ToneRange = 100;
    private const int ComplaintsInRange = 50;

    private static readonly RandomStream NationKeys = new(110356601);

    public static TpchTable Table { get; } = new TpchTable<RowBlock>(
        "supplier",
        scale => scale.Suppliers,
        rowsPerOwner: 1,
        place => place + 1,
        place => new RowBlock(place),
        new("s_suppkey", DataType.BigInt, suppliers => suppliers.Keys()),
        new("s_name", DataType.Varchar, suppliers => suppliers.Names("Supplier#"u8)),
        new("s_address", DataType.Varchar, suppliers => Addresses.OfRows(suppliers, new RandomStream(706178559, Addresses.AddressDraws))),
        new("s_nationkey", DataType.Integer, suppliers => suppliers.Integers(NationKeys, 0, Nations.MaxKey)),
        new("s_phone", DataType.Varchar, suppliers => Addresses.PhonesOf(suppliers, NationKeys, new RandomStream(884434366, Addresses.PhoneDraws))),
        new("s_acctbal", TpchTypes.Money, suppliers => suppliers.Money(new RandomStream(962338209), MinBalance, MaxBalance)),
        new("s_comment", DataType.Varchar, CommentsOf));

    private static ReadOnlySpan<byte> Customer => "Customer "u8;

    private static ReadOnlySpan<byte> Complaints => "Complaints"u8;

    private static ReadOnlySpan<byte> Recommends => "Recommends"u8;

    private static Column CommentsOf(RowBlock suppliers)
    {
        using var comments = (TextColumn)suppliers.Comments(new RandomStream(1341315363, 2), CommentLength);
        using var remarks = suppliers.Draw(new RandomStream(202794285), 1, RemarkRange);
        using var builder = new TextBuilder(DataType.Varchar, suppliers.Pool);
        for (var row = 0; row < suppliers.RowCount; row++)
        {
            if (remarks[row] > RemarksInRange)
            {
                builder.Append(comments.Bytes(row));
                continue;
            }

            var text = builder.AppendUninitialized(comments.Bytes(row).Length);
            comments.Bytes(row).CopyTo(text);
            WriteRemark(text, suppliers.First + row);
            builder.CommitUninitialized();
        }

        return builder.Finish();
    }

    /// <summary>Puts "Customer ... Complaints" or "Customer ... Recommends" over a comment, with some of it in between.</summary>
    private static void WriteRemark(Span<byte> comment, long supplier)
    {
        var free = comment.Length - Customer.Length - Complaints.Length;
        var gap = (int)DrawOne(new RandomStream(263032577), 0, free);
        var offset = (int)DrawOne(new RandomStream(715851524), 0, free - gap);
        var isComplaint = DrawOne(new RandomStream(753643799), 0, ToneRange) < ComplaintsInRange;
        Customer.CopyTo(comment[offset..]);
        (isComplaint ? Complaints : Recommends).CopyTo(comment[(offset + Customer.Length + gap)..]);

        long DrawOne(RandomStream stream, long low, long high) => RandomStream.Uniform(RandomStream.Next(stream.StateBefore(supplier)), low, high);
    }
}
