using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Engine.Catalog;
using Engine.Core.Errors;
using Engine.Core.Functions;
using Ast = Engine.Parser.Ast;

namespace Engine.Server.Sessions;

/// <summary>SHOW: tables, views, schemas, columns, functions and settings.</summary>
internal sealed class ShowCommand(Session session)
{
    public StatementResult Execute(Ast.ShowStatement show, CancellationToken cancellationToken)
    {
        var names = session.Names;
        switch (show.Kind)
        {
            case Ast.ShowKind.Tables or Ast.ShowKind.Views:
                var catalog = show.Target is { IsSimple: false } qualified ? CatalogOf(qualified.Parts[0], names).Name : null;
                var entries = names.List(catalog, show.Target?.Last.Value)
                    .Where(entry => (show.Kind == Ast.ShowKind.Tables || entry.IsView) && Matches(entry.Name, show.Like));
                return Table(["schema", "name", "type"], entries.Select(entry => Row(entry.Schema, entry.Name, entry.IsView ? "view" : "table")));
            case Ast.ShowKind.Schemas:
                var schemas = show.Target is { } target ? CatalogOf(target.Last, names).Schemas : names.Schemas;
                return Table(["schema"], schemas.Where(schema => Matches(schema, show.Like)).Select(schema => Row(schema)));
            case Ast.ShowKind.Catalogs:
                return Table(["catalog"], names.Catalogs.Where(catalog => Matches(catalog.Name, show.Like)).Select(catalog => Row(catalog.Name)));
            case Ast.ShowKind.Columns:
                var reference = new Ast.TableReference(show.Target!, show.Target!.Span);
                return new DescribeCommand(session).Execute(new Ast.DescribeRelationStatement(reference, show.Span), cancellationToken);
            case Ast.ShowKind.Functions:
                var functions = session.Engine.Functions.All.Where(info => Matches(info.Name, show.Like)).OrderBy(info => info.Name, StringComparer.Ordinal);
                return Table(
                    ["function", "arguments", "result", "category", "description", "example"],
                    functions.SelectMany(info => SignatureText.Of(info, session.Engine.Functions)
                        .Select(signature => Row(info.Name, signature.Arguments, signature.Result, info.Category, info.Description, info.Example))));
            case Ast.ShowKind.Session:
                return Table(["name", "value", "description"], session.Settings.All.Select(setting => Row(setting.Name, setting.Value, setting.Description)));
            default:
                throw QueryException.NotSupportedYet($"SHOW {show.Kind.ToString().ToUpperInvariant()}", show.Span);
        }

        StatementResult Table(ImmutableArray<string> columns, IEnumerable<ImmutableArray<string?>> rows) => session.Table("SHOW", columns, rows, cancellationToken);
    }

    public StatementResult Execute(Ast.ShowVariableStatement variable, CancellationToken cancellationToken)
    {
        var name = variable.Name.Last.Value;
        try
        {
            return session.Table("SHOW", [name], [Row(session.Settings[name])], cancellationToken);
        }
        catch (QueryException error)
        {
            throw error.At(variable.Span);
        }
    }

    private static ICatalog CatalogOf(Ast.Identifier name, SessionNames names) => names.FindCatalog(name.Value) ?? throw new QueryException(
        ErrorCodes.UndefinedDatabase, $"catalog \"{name.Value}\" does not exist", name.Span, NearNames.Hint(name.Value, names.Catalogs.Select(catalog => catalog.Name)));

    private static ImmutableArray<string?> Row(params ReadOnlySpan<string?> cells) => [.. cells];

    /// <summary>A LIKE pattern over a name.</summary>
    private static bool Matches(string name, string? like) => like is null || Regex.IsMatch(
        name,
        $"^{string.Concat(like.Select(c => c switch { '%' => ".*", '_' => ".", _ => Regex.Escape(c.ToString()) }))}$",
        RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
}
