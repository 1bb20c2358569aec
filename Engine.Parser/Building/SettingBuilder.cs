using System.Diagnostics;
using Engine.Core.Errors;
using Engine.Parser.Ast;
using Engine.Parser.Generated;

namespace Engine.Parser.Building;

/// <summary>SET and RESET. The spellings with words of their own become settings under PostgreSQL's names.</summary>
internal static class SettingBuilder
{
    public static Statement Build(SqlGrammar.SettingStatementContext context) => context switch
    {
        SqlGrammar.SetVariableContext variable => new SetStatement(
            Scope(variable.LOCAL() is not null),
            NameBuilder.Qualified(variable.qualifiedName()),
            variable.settingValue().Map(OptionBuilder.Setting),
            context.Span()),
        SqlGrammar.SetTimeZoneContext zone => Special(
            zone.LOCAL() is not null, "timezone", zone.ZONE().Token().Span, zone.settingValue(), context.Span()),
        SqlGrammar.SetSpecialContext special => Special(
            special.LOCAL() is not null, SpecialName(special), special.settingValue().Span(), special.settingValue(), context.Span()),
        SqlGrammar.SetSessionTransactionContext transaction => new SetTransactionStatement(
            SessionDefault: true, TransactionBuilder.Modes(transaction.transactionModes(), context.Span()), context.Span()),
        SqlGrammar.SetTransactionContext transaction => new SetTransactionStatement(
            SessionDefault: false, TransactionBuilder.Modes(transaction.transactionModes(), context.Span()), context.Span()),
        SqlGrammar.ResetVariableContext reset => Reset(reset),
        _ => throw new UnreachableException(context.GetType().Name),
    };

    private static SetScope Scope(bool isLocal) => isLocal ? SetScope.Local : SetScope.Session;

    // SET TIME ZONE LOCAL and DEFAULT both go back to what the server started with.
    private static SetStatement Special(bool isLocal, string name, SourceSpan nameSpan, SqlGrammar.SettingValueContext value, SourceSpan span)
    {
        var isDefault = value.label() is { } word && word.Start.Type is SqlGrammar.DEFAULT or SqlGrammar.LOCAL;
        SyntaxList<Expression> values = isDefault ? [] : [OptionBuilder.Setting(value)];
        return new SetStatement(Scope(isLocal), NameBuilder.Implied(name, nameSpan), values, span);
    }

    private static string SpecialName(SqlGrammar.SetSpecialContext context)
    {
        if (context.NAMES() is not null)
        {
            return "client_encoding";
        }

        return context.SCHEMA() is not null ? "search_path" : "role";
    }

    private static ResetStatement Reset(SqlGrammar.ResetVariableContext context)
    {
        if (context.ALL() is not null)
        {
            return new ResetStatement(Name: null, context.Span());
        }

        var name = context.qualifiedName() is { } qualified
            ? NameBuilder.Qualified(qualified)
            : NameBuilder.Implied("timezone", context.ZONE().Token().Span);
        return new ResetStatement(name, context.Span());
    }
}
