using System.Collections.Immutable;

namespace Engine.Server.Metadata.PgCatalog;

/// <summary>Roles: the one that asks.</summary>
internal static class RoleTables
{
    private const string Abilities = "rolsuper:boolean=f rolinherit:boolean=t rolcreaterole:boolean=f rolcreatedb:boolean=f rolcanlogin:boolean=t rolreplication:boolean=f";

    public static readonly ImmutableArray<MetadataTable> All =
    [
        MetadataTable<string>.Of("pg_roles", scope => [scope.User])
            .Text("rolname", role => role)
            .Fixed(Abilities + " rolconnlimit:integer=-1 rolpassword=********")
            .Nothing("rolvaliduntil:timestamptz")
            .Fixed("rolbypassrls:boolean=f")
            .Nothing("rolconfig:text[]")
            .Oid("oid", _ => SystemIds.Owner),
        MetadataTable<string>.Of("pg_authid", scope => [scope.User])
            .Oid("oid", _ => SystemIds.Owner)
            .Text("rolname", role => role)
            .Fixed(Abilities + " rolbypassrls:boolean=f rolconnlimit:integer=-1")
            .Nothing("rolpassword rolvaliduntil:timestamptz"),
        MetadataTable<string>.Of("pg_user", scope => [scope.User])
            .Text("usename", role => role)
            .Oid("usesysid", _ => SystemIds.Owner)
            .Fixed("usecreatedb:boolean=f usesuper:boolean=f userepl:boolean=f usebypassrls:boolean=f passwd=********")
            .Nothing("valuntil:timestamptz useconfig:text[]"),
    ];
}
