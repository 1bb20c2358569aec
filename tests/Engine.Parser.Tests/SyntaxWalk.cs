using System.Collections;
using System.Reflection;
using Engine.Parser.Ast;

namespace Engine.Parser.Tests;

/// <summary>Finds all nodes of a tree by reflection, so that a new node type cannot be forgotten.</summary>
internal static class SyntaxWalk
{
    public static IEnumerable<Type> ConcreteTypes { get; } =
        [.. typeof(SyntaxNode).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(SyntaxNode)) && !type.IsAbstract)];

    public static IEnumerable<SyntaxNode> Children(SyntaxNode node)
    {
        foreach (var property in node.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.GetIndexParameters().Length > 0 || property.GetMethod?.GetParameters().Length > 0 || property.SetMethod is null)
            {
                continue;
            }

            switch (property.GetValue(node))
            {
                case SyntaxNode child:
                    yield return child;
                    break;
                case IEnumerable children and not string:
                    foreach (var child in children.OfType<SyntaxNode>())
                    {
                        yield return child;
                    }

                    break;
            }
        }
    }

    public static IEnumerable<SyntaxNode> All(SyntaxNode root)
    {
        var pending = new Stack<SyntaxNode>();
        pending.Push(root);
        while (pending.TryPop(out var node))
        {
            yield return node;
            foreach (var child in Children(node))
            {
                pending.Push(child);
            }
        }
    }
}
