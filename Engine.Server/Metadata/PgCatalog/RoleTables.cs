using System.Collections.Immutable;
using Engine.Server.Security;

namespace Engine.Server.Metadata.PgCatalog;

/// <summary>Roles: the one that asks. An administrator is a superuser; roles and databases are made by nobody.</summary>
internal static class RoleTables
{
    private const string Abilities = "rolinherit:boolean=t rolcreaterole:boolean=f rolcreatedb:boolean=f rolcanlogin:boolean=t rolreplication:boolean=f";

    public static readonly ImmutableArray<MetadataTable> All =
    [
        MetadataTable<Account>.Of("pg_roles", Asking)
            .Text("rolname", role => role.Name)
            .Boolean("rolsuper", role => role.Grants.IsAdministrator)
            .Fixed(Abilities + " rolconnlimit:integer=-1 rolpassword=********")
            .Nothing("rolvaliduntil:timestamptz")
            .Boolean("rolbypassrls", role => role.Grants.IsAdministrator)
            .Nothing("rolconfig:text[]")
            .Oid("oid", _ => SystemIds.Owner),
        MetadataTable<Account>.Of("pg_authid", Asking)
            .Oid("oid", _ => SystemIds.Owner)
            .Text("rolname", role => role.Name)
            .Boolean("rolsuper", role => role.Grants.IsAdministrator)
            .Fixed(Abilities)
            .Boolean("rolbypassrls", role => role.Grants.IsAdministrator)
            .Fixed("rolconnlimit:integer=-1")
            .Nothing("rolpassword rolvaliduntil:timestamptz"),
        MetadataTable<Account>.Of("pg_user", Asking)
            .Text("usename", role => role.Name)
            .Oid("usesysid", _ => SystemIds.Owner)
            .Fixed("usecreatedb:boolean=f")
            .Boolean("usesuper", role => role.Grants.IsAdministrator)
            .Fixed("userepl:boolean=f")
            .Boolean("usebypassrls", role => role.Grants.IsAdministrator)
            .Fixed("passwd=********")
            .Nothing("valuntil:timestamptz useconfig:text[]"),
    ];

    private static IEnumerable<Account> Asking(MetadataScope scope) => [scope.Session.Account];
}
