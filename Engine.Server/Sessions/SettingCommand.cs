using Engine.Core.Errors;
using Engine.Core.Types;
using Ast = Engine.Parser.Ast;

namespace Engine.Server.Sessions;

/// <summary>SET, RESET and USE.</summary>
internal sealed class SettingCommand(Session session)
{
    public StatementResult Execute(Ast.SetStatement set)
    {
        var name = set.Name.Last.Value;
        var isLocal = set.Scope == Ast.SetScope.Local;
        if (isLocal && session.Transaction is null)
        {
            // There is no transaction that it could hold for.
            return StatementResult.Done("SET");
        }

        if (set.Values.IsEmpty)
        {
            session.Settings.Reset(name, set.Span);
        }
        else
        {
            // Names of schemas are kept as they would have to be written.
            var values = set.Values.Select(ValueOf);
            session.Settings.Set(name, string.Join(", ", name == "search_path" ? values.Select(Field.Quote) : values), set.Span, isLocal);
        }

        return StatementResult.Done("SET");
    }

    public StatementResult Execute(Ast.ResetStatement reset)
    {
        session.Settings.Reset(reset.Name?.Last.Value, reset.Span);
        return StatementResult.Done("RESET");
    }

    /// <summary><c>USE schema</c>, <c>USE catalog</c> and <c>USE catalog.schema</c>.</summary>
    public StatementResult Execute(Ast.UseStatement use)
    {
        var names = session.Names;
        var last = use.Name.Last.Value;
        if (use.Name.IsSimple && names.HasSchema(last))
        {
            session.Settings.Set("search_path", Field.Quote(last), use.Span);
            return StatementResult.Done("USE");
        }

        var first = use.Name.Parts[0];
        if (names.FindCatalog(first.Value) is not { } catalog)
        {
            throw use.Name.IsSimple
                ? new QueryException(ErrorCodes.UndefinedSchema, $"schema \"{last}\" does not exist", use.Name.Span, NearNames.Hint(last, names.Schemas.Concat(names.Catalogs.Select(known => known.Name))))
                : new QueryException(ErrorCodes.UndefinedDatabase, $"catalog \"{first.Value}\" does not exist", first.Span, NearNames.Hint(first.Value, names.Catalogs.Select(known => known.Name)));
        }

        if (!use.Name.IsSimple && !(catalog.HasSchema(last) && names.MayRead(catalog, last)) && !last.Equals(Engine.Catalog.SessionNames.InformationSchema, StringComparison.OrdinalIgnoreCase))
        {
            throw new QueryException(ErrorCodes.UndefinedSchema, $"schema \"{last}\" does not exist", use.Name.Last.Span, NearNames.Hint(last, names.SchemasOf(catalog)));
        }

        session.Settings.Set("catalog", catalog.Name, use.Span);
        session.Settings.Set("search_path", use.Name.IsSimple ? "public" : Field.Quote(last), use.Span);
        return StatementResult.Done("USE");
    }

    /// <summary>Forgets what the session has made of itself.</summary>
    public StatementResult Execute(Ast.DiscardStatement discard)
    {
        if (discard.Target == Ast.DiscardTarget.All)
        {
            if (session.Transaction is not null)
            {
                throw new QueryException(ErrorCodes.ActiveTransaction, "DISCARD ALL cannot run inside a transaction block", discard.Span);
            }

            session.Forget();
        }
        else if (discard.Target == Ast.DiscardTarget.Temporary)
        {
            session.DropTemporaryTables();
        }

        else if (discard.Target == Ast.DiscardTarget.Sequences)
        {
            session.Sequences.Forget();
        }

        // Plans are not kept from one statement to the next.
        return StatementResult.Done(discard.Target switch
        {
            Ast.DiscardTarget.All => "DISCARD ALL",
            Ast.DiscardTarget.Plans => "DISCARD PLANS",
            Ast.DiscardTarget.Sequences => "DISCARD SEQUENCES",
            _ => "DISCARD TEMP",
        });
    }

    /// <summary>KILL QUERY: asks a statement of any session to end.</summary>
    public StatementResult Execute(Ast.KillStatement kill)
    {
        var id = kill.QueryId is Ast.StringLiteral text
            ? text.Value
            : throw new QueryException(ErrorCodes.InvalidParameterValue, "the id of a statement is a string", kill.QueryId.Span, "system.runtime.queries has them as query_id.");
        if (session.Engine.Statements.Find(id) is not { } statement || !session.Account.Sees(statement.User) || !statement.Cancel())
        {
            throw new QueryException(ErrorCodes.UndefinedObject, $"no statement \"{id}\" is running", kill.QueryId.Span, "SHOW QUERIES lists those that are.");
        }

        return StatementResult.Done("KILL QUERY");
    }

    private static string ValueOf(Ast.Expression value) => value switch
    {
        Ast.StringLiteral text => text.Value,
        Ast.NumberLiteral number => number.Text,
        Ast.BooleanLiteral boolean => boolean.Value ? "on" : "off",
        Ast.IntervalLiteral { From: Ast.IntervalField.Hour } offset => offset.Value, // SET TIME ZONE INTERVAL '+02:00' HOUR TO MINUTE
        _ => throw new QueryException(ErrorCodes.InvalidParameterValue, "a setting's value is a literal or a word", value.Span),
    };
}
