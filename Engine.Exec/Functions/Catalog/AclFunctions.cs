using System.Collections.Immutable;
using System.Text;
using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Errors;
using Engine.Core.Functions;
using Engine.Core.Types;
using Engine.Exec.Kernels;

namespace Engine.Exec.Functions.Catalog;

/// <summary>
/// Lists of privileges, texts such as <c>ann=rw/boss</c> (PostgreSQL manual, "Privileges"). The catalog has none: grants are in the users file. Clients ask
/// what an object has by default instead.
/// </summary>
internal static unsafe class AclFunctions
{
    private static readonly DataType Oid = OidType.ByName["oid"];

    private static readonly DataType Items = DataType.Array(new RowType(
        [new Field("grantor", Oid), new Field("grantee", Oid), new Field("privilege_type", DataType.Varchar), new Field("is_grantable", DataType.Boolean)]));

    private static readonly ImmutableArray<(char Letter, string Name)> Privileges =
    [
        ('a', "INSERT"), ('r', "SELECT"), ('w', "UPDATE"), ('d', "DELETE"), ('D', "TRUNCATE"), ('x', "REFERENCES"), ('t', "TRIGGER"), ('X', "EXECUTE"), ('U', "USAGE"), ('C', "CREATE"),
        ('c', "CONNECT"), ('T', "TEMPORARY"),
    ];

    public static readonly ImmutableArray<ScalarFunction> All =
    [
        new(
            Info("acldefault(kind, owner)", "The privileges on an object of a kind (r table, s sequence, d database, n schema, f function) that nobody gave any on.", "acldefault('n', 10) = ARRAY[current_user || '=UC/' || current_user]"),
            [RowKernel.Overload<ListBuilder>([DataType.Varchar, Oid], DataType.Array(DataType.Varchar), WriteDefault)]),
        new(
            Info("acl_items(privileges)", "What aclexplode gives as rows: one for each privilege, with the numbers of who gave it and who has it, 0 for everybody.", "acl_items(ARRAY['=X/' || current_user])[1].privilege_type = 'EXECUTE'"),
            [RowKernel.Overload<ListBuilder>([DataType.Array(DataType.Varchar)], Items, WriteItems, canFail: true)]),
    ];

    private static FunctionInfo Info(string signature, string description, string example) =>
        new(signature, CatalogFunctions.Category, description, example) { Volatility = Volatility.Stable };

    private static void WriteDefault(RowArguments a, int row, ListBuilder result)
    {
        var (everybody, owner) = a.String(0, row) switch
        {
            "r" => (string.Empty, "arwdDxt"),
            "s" => (string.Empty, "rwU"),
            "d" => ("Tc", "CTc"),
            "n" => (string.Empty, "UC"),
            "f" => ("X", "X"),
            "l" or "T" => ("U", "U"),
            "t" => (string.Empty, "C"),
            _ => (string.Empty, string.Empty),
        };
        var name = a.Session.Facts.Objects.NameOf(OidClass.Role, a.Long(1, row)) ?? a.Long(1, row).ToString(System.Globalization.CultureInfo.InvariantCulture);
        var items = (TextBuilder)result.Items;
        if (everybody.Length > 0)
        {
            items.Append(Encoding.UTF8.GetBytes($"={everybody}/{name}"));
        }

        if (owner.Length > 0)
        {
            items.Append(Encoding.UTF8.GetBytes($"{name}={owner}/{name}"));
        }

        result.EndRow();
    }

    private static void WriteItems(RowArguments a, int row, ListBuilder result)
    {
        var lists = (ListColumn)a.Column(0);
        var texts = (TextColumn)lists.Child;
        var place = a.Place(0, row);
        for (var item = lists.Offsets[place]; item < lists.Offsets[place + 1]; item++)
        {
            if (!texts.IsNull(item))
            {
                WriteItem(Encoding.UTF8.GetString(texts.Bytes(item)), a.Session.Facts.Objects, (StructBuilder)result.Items);
            }
        }

        result.EndRow();
    }

    private static void WriteItem(string text, ICatalogObjects objects, StructBuilder rows)
    {
        var (equals, slash) = (text.IndexOf('=', StringComparison.Ordinal), text.LastIndexOf('/'));
        if (equals < 0 || slash < equals)
        {
            throw new QueryException(ErrorCodes.InvalidTextRepresentation, $"invalid list of privileges: \"{text}\"", span: null, "It has the form grantee=letters/grantor.");
        }

        var (grantee, grantor) = (Role(text[..equals], objects), Role(text[(slash + 1)..], objects));
        for (var i = equals + 1; i < slash; i++)
        {
            var known = Privileges.FirstOrDefault(privilege => privilege.Letter == text[i]);
            if (known.Name is null)
            {
                throw new QueryException(ErrorCodes.InvalidTextRepresentation, $"there is no privilege '{text[i]}' in \"{text}\"");
            }

            ((FixedBuilder<long>)rows.Fields[0]).Append(grantor);
            ((FixedBuilder<long>)rows.Fields[1]).Append(grantee);
            ((TextBuilder)rows.Fields[2]).Append(Encoding.UTF8.GetBytes(known.Name));
            var isGrantable = i + 1 < slash && text[i + 1] == '*';
            ((BooleanBuilder)rows.Fields[3]).Append(isGrantable);
            rows.EndRow();
            i += isGrantable ? 1 : 0;
        }
    }

    /// <summary>The number of a role, 0 for everybody and for one that is not there.</summary>
    private static long Role(string name, ICatalogObjects objects) => name.Length == 0 ? 0 : objects.Find(OidClass.Role, name) ?? 0;
}
